"""The JSON Schema of the queue file: what our own reader takes it takes, what ours refuses it refuses."""

from __future__ import annotations

import copy
import json

import jsonschema
import pytest
from newsrooms import JUNE, MAY, Room, hope
from ruamel.yaml import YAML

from pipeline.errors import InputError
from pipeline.model.item import Item, Queue
from pipeline.queue import read_queue
from pipeline.queue.layout import new_file


@pytest.fixture(scope="module")
def schema() -> jsonschema.Draft202012Validator:
    said = hope("schema")
    assert said.code == 0
    told = json.loads(said.out)
    jsonschema.Draft202012Validator.check_schema(told)
    assert said.out == hope("schema", "queue").out
    return jsonschema.Draft202012Validator(told)


def loaded(text: str):
    """Read YAML 1.2 as an editor's tool does: dates and times stay text, numbers become numbers."""
    yaml = YAML(typ="safe", pure=True)
    yaml.constructor.yaml_constructors["tag:yaml.org,2002:timestamp"] = lambda _, node: node.value
    return yaml.load(text)


@pytest.mark.parametrize("step", ["gathered", "written", "signed", "next", "both"])
def test_it_takes_every_queue_we_write(schema, steps, step):
    room = Room(steps / step, JUNE if step in ("next", "both") else MAY)
    assert [f"{e.json_path}: {e.message}" for e in schema.iter_errors(loaded(room.queue_file.read_text()))] == []


def test_it_takes_a_new_file_with_nothing_in_it(schema):
    assert [e.message for e in schema.iter_errors(loaded(new_file("2026-12")))] == []


WRONG = {
    "status": "aproved",
    "section": "news",
    "evidence": {"stage": "phase-9"},
    "about": {"therapies": ["car-x"]},
    "signed": [{"by": "anna", "role": "boss", "on": "2026-05-31", "text": "sha256:00"}],
    "facts": [{"quote": "without its value"}],
    "title": ["a", "list"],
    "headlin": "no such name",
}


@pytest.mark.parametrize("name", WRONG)
def test_it_refuses_what_our_reader_refuses(schema, steps, name):
    good = loaded((steps / "signed" / "outbox" / MAY / "queue.yml").read_text())
    bad = copy.deepcopy(good)
    bad["items"][0][name] = WRONG[name]
    assert list(schema.iter_errors(bad))
    with pytest.raises(InputError):
        read_queue(json.dumps(bad, ensure_ascii=False), "queue.yml")


@pytest.mark.parametrize("name", ["id", "status", "section", "title", "source"])
def test_what_every_item_must_have_it_must_have_there_too(schema, steps, name):
    bad = loaded((steps / "signed" / "outbox" / MAY / "queue.yml").read_text())
    del bad["items"][0][name]
    assert list(schema.iter_errors(bad))


def test_it_names_every_field_there_is(schema):
    told = schema.schema
    assert set(told["properties"]) == set(Queue.__slots__)
    assert set(told["$defs"]["Item"]["properties"]) == set(Item.__slots__)
