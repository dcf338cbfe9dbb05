import pytest
from feed_samples import item, only, read, rss

from pipeline.language import dois
from pipeline.model.integrity import Integrity
from pipeline.sources.parts import ids


@pytest.mark.parametrize(
    ("field", "doi"),
    [
        ("10.1002/tax.12603", "10.1002/tax.12603"),
        ("doi:10.1002/TAX.12603", "10.1002/tax.12603"),
        ("https://doi.org/10.1002/tax.12603", "10.1002/tax.12603"),
        ("http://dx.doi.org/10.1017/S0033?rft_dat=source%3Ddrss", "10.1017/s0033"),
        ("https://onlinelibrary.wiley.com/doi/10.1002/art.1?af=R", "10.1002/art.1"),
        ("https://www.tandfonline.com/doi/full/10.1080/1744666X.2021.1?af=R", "10.1080/1744666x.2021.1"),
        ("https://www.frontiersin.org/articles/10.3389/fimmu.2021.12345/full", "10.3389/fimmu.2021.12345"),
        ("https://www.medrxiv.org/content/10.1101/2021.11.22.21266000v1?rss=1", "10.1101/2021.11.22.21266000"),
        ("https://www.medrxiv.org/content/10.1101/2021.11.22.21266000v2.full.pdf", "10.1101/2021.11.22.21266000"),
        ("https://www.biorxiv.org/content/10.1101/123456v3.full", "10.1101/123456"),
        ("doi:10.1016/S0140-6736(21)00001-2.", "10.1016/s0140-6736(21)00001-2"),
        ("(https://doi.org/10.1136/ard-2021-1)", "10.1136/ard-2021-1"),
        ("https://x.example/doi/10.1002%2Fart.1", "10.1002/art.1"),
        ("https://news.example/story?about=10.1002/art.1", None),
        ("https://x.example/10.1/ab", None),
        ("version 10.12 released", None),
        ("http://[broken/10.1002/art.1", None),
        ("", None),
    ],
)
def test_a_doi_is_found_bare_whatever_a_publisher_hangs_on_it(field, doi):
    assert dois.in_field(field) == doi


def test_both_versions_of_a_preprint_are_one_preprint():
    dois = {
        only(read(rss(item(link=f"https://www.medrxiv.org/content/10.1101/2026.01.02.26000001v{n}?rss=1")))).ids.doi
        for n in (1, 2)
    }
    assert dois == {"10.1101/2026.01.02.26000001"}


@pytest.mark.parametrize(
    "field",
    [
        "pubmed:34811339",
        "pmid:34811339",
        "https://pubmed.ncbi.nlm.nih.gov/34811339/?utm_source=x y",
        "https://www.ncbi.nlm.nih.gov/pubmed/34811339",
    ],
)
def test_a_pubmed_number_is_found_in_guid_identifier_and_link(field):
    assert ids.pmid(field) == "34811339"


def test_a_pubmed_entry_has_its_doi_its_number_and_its_guid_as_it_stood():
    entry = only(read(rss(item(
        '<guid isPermaLink="false">pubmed:34811339</guid><dc:identifier>pmid:34811339</dc:identifier>'
        "<dc:identifier>doi:10.11646/Zootaxa.5002.1.1</dc:identifier>",
        link="https://pubmed.ncbi.nlm.nih.gov/34811339/?utm_source=Mobile Safari&fc=1",
    ))))  # fmt: skip
    assert entry.ids.keys() == (
        "doi:10.11646/zootaxa.5002.1.1", "pmid:34811339", "guid:pubmed:34811339",
        "link:" + entry.ids.link,
    )  # fmt: skip
    assert "utm" not in entry.ids.link
    assert " " not in entry.link


@pytest.mark.parametrize("permalink", ["", ' isPermaLink="false"', ' isPermaLink="true"'])
def test_a_guid_that_is_no_address_stays_as_it_stood(permalink):
    body = rss(item(f"<guid{permalink}>1</guid>", link="https://journal.example/a"), link="https://journal.example/")
    assert only(read(body, {"content-location": "https://other.example/x"})).ids.guid == "1"
    assert only(read(body.replace("<rss ", '<rss xml:base="https://base.example/" '))).ids.guid == "1"


def test_a_doi_in_running_text_is_not_the_entrys_own():
    entry = only(
        read(rss(item(description="We build on doi:10.1002/other.1 of last year.", link="https://n.example/a")))
    )
    assert entry.ids.doi is None


def test_trial_numbers_come_from_the_text_and_identify_only_a_registrys_record():
    entry = only(
        read(
            rss(
                item(
                    title="CAR-T in SLE (nct05030779)",
                    description="NCT06548607 and NCT05030779",
                    link="https://n.example/a",
                )
            )
        )
    )
    assert entry.nct_numbers == ("NCT05030779", "NCT06548607")
    assert entry.ids.number is None
    record = only(read(rss(item(link="https://clinicaltrials.gov/study/NCT05030779?tab=history"))))
    assert record.ids.number == "NCT05030779"
    assert only(read(rss(item("<guid>NCT05030779</guid>")))).ids.number == "NCT05030779"


def test_one_guid_on_all_entries_identifies_none_of_them():
    page = read(rss(*(item("<guid>same</guid>", title=f"T{n}", link=f"https://journal.example/{n}") for n in range(3))))
    guids = [e.ids.guid for e in page.entries]
    assert len(set(guids)) == 3
    assert all(g.startswith("same ") for g in guids)
    assert "guid shared" in page.note


def test_the_journals_home_page_on_every_entry_identifies_none_of_them():
    page = read(rss(*(item(title=f"T{n}", link="https://journal.example/") for n in range(2))))
    assert [e.ids.link for e in page.entries] == [None, None]
    assert len({e.ids.digest for e in page.entries}) == 2


def test_one_doi_on_three_different_entries_identifies_none_of_them():
    page = read(
        rss(
            *(
                item("<prism:doi>10.1000/issue.1</prism:doi>", title=f"T{n}", link=f"https://j.example/{n}")
                for n in range(3)
            )
        )
    )
    assert {e.ids.doi for e in page.entries} == {None}


def test_one_doi_on_two_plainly_different_titles_identifies_neither():
    doi = "<prism:doi>10.1000/issue.1</prism:doi>"
    lupus = "CD19 CAR-T cells in lupus nephritis: a phase 1 study"
    other = "Rituximab for pemphigus vulgaris after steroids, ten years later"
    again = "CD19 CAR-T cells in lupus nephritis: a phase 1 study of nine adults"
    dois = [
        {e.ids.doi for e in read(rss(*(item(doi, title=t, link=f"https://j.example/{len(t)}") for t in pair))).entries}
        for pair in ((lupus, other), (lupus, again))
    ]
    assert dois == [{None}, {"10.1000/issue.1"}]


def test_an_entry_listed_twice_keeps_its_guid():
    twice = item("<guid>g1</guid>", link="https://journal.example/1")
    assert [e.ids.guid for e in read(rss(twice, twice)).entries] == ["g1", "g1"]


def test_what_has_no_name_is_known_by_its_words():
    one, two = read(rss(item(description="a"), item(description="b"))).entries
    assert one.ids.keys()[0].startswith("hash:")
    assert one.ids != two.ids


def test_a_publisher_that_flips_hosts_gives_the_same_first_identity():
    hosts = ("asbmr.onlinelibrary.wiley.com", "onlinelibrary.wiley.com")
    keys = {only(read(rss(item(link=f"https://{h}/doi/10.1002/jbmr.1?af=R")))).ids.keys()[0] for h in hosts}
    assert keys == {"doi:10.1002/jbmr.1"}


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Retraction: CAR T cells in lupus", Integrity.RETRACTION_NOTICE),
        ("RETRACTION: CAR T cells in lupus", Integrity.RETRACTION_NOTICE),
        ("Retraction notice to “CAR T cells in lupus” [J Autoimmun 1 (2024) 1]", Integrity.RETRACTION_NOTICE),
        ("Retraction Note: CAR T cells", Integrity.RETRACTION_NOTICE),
        ("Statement of Retraction: CAR T cells", Integrity.RETRACTION_NOTICE),
        ("Notice of Retraction. CAR T cells", Integrity.RETRACTION_NOTICE),
        ("RETRACTED: CAR T cells in lupus", Integrity.RETRACTED),
        ("[RETRACTED] CAR T cells in lupus", Integrity.RETRACTED),
        ("RETRACTED ARTICLE: CAR T cells in lupus", Integrity.RETRACTED),
        ("WITHDRAWN: CAR T cells in lupus", Integrity.RETRACTED),
        ("Expression of Concern: CAR T cells", Integrity.CONCERN),
        ("Editorial Expression of Concern on CAR T cells", Integrity.CONCERN),
        ("Correction: CAR T cells", Integrity.CORRECTION_NOTICE),
        ("Correction to: CAR T cells", Integrity.CORRECTION_NOTICE),
        ("Author Correction: CAR T cells", Integrity.CORRECTION_NOTICE),
        ("Corrigendum to “CAR T cells”", Integrity.CORRECTION_NOTICE),
        ("Erratum for Muller et al.", Integrity.CORRECTION_NOTICE),
        ("Correction of hyponatremia in lupus", None),
        ("Retraction of the bladder wall", None),
        ("Retraction-assisted surgery in sclerosis", None),
        ("Withdrawal of immunosuppression after CAR-T", None),
        ("Withdrawn patients in CAR-T trials", None),
    ],
)
def test_notices_are_told_from_medicine(title, kind):
    assert only(read(rss(item(title=title)))).types == ((kind,) if kind else ())


def test_a_retraction_notice_names_the_paper_and_not_itself():
    entry = only(read(rss(item(
        "<prism:doi>10.1000/notice.1</prism:doi>",
        title="Retraction: CAR T cells in lupus",
        description="The editors retract doi 10.1000/notice.1 ... the article https://doi.org/10.1000/Paper.7.",
    ))))  # fmt: skip
    assert (entry.ids.doi, entry.retracts) == ("10.1000/notice.1", "10.1000/paper.7")


def test_only_a_retraction_notice_retracts():
    for title in ("RETRACTED: A paper", "Correction: A paper", "A paper on retractions"):
        assert only(read(rss(item(title=title, description="see 10.1000/paper.7")))).retracts is None


def test_a_news_site_s_category_makes_no_notice():
    entry = only(read(rss(item("<category>Retraction</category><category>Retracted Publication</category>"))))
    assert entry.types == (Integrity.RETRACTED,)
