"""cuibono record: statistics, fit and rules from the command line."""

import csv
import importlib
import re
import shlex
from pathlib import Path

import click
import numpy as np
import pytest

from cuibono.cli.main import exit_status
from cuibono.cli.record import VERBS
from cuibono.cli.record_config import read_memory
from cuibono.errors import CaseFileError
from cuibono.record.statistics.catalogue import SIXTEEN
from tests.cli.calls import call, done, refused
from tests.record.records import VARIANTS, stored_rows
from tests.reference import reference

Capsys = pytest.CaptureFixture[str]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Three hundred events of six invented actors, rows not in the order of time."""
    rng = np.random.default_rng(6)
    path = tmp_path / "events.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["time", "source", "target", "type", "weight"])
        for _ in range(300):
            a, b = rng.permutation(6)[:2]
            kind = rng.choice(["pos", "neg", "neu"], p=[0.5, 0.35, 0.15])
            weight = {"pos": 2.5, "neg": -4.0, "neu": 0}[str(kind)]
            writer.writerow([rng.integers(0, 90), f"A{a}", f"A{b}", kind, weight])
    return path


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_of_the_record_has_help_with_examples_that_parse(
    capsys: Capsys, verb: str
) -> None:
    out = done(capsys, "record", verb, "--help").out
    assert f"cuibono record {verb} " in out.partition("Example")[2]
    assert "Raises" not in out
    module = importlib.import_module(f"cuibono.cli.{VERBS[verb][0]}")
    for line in re.sub(r"\\\n\s*", " ", module.command.epilog or "").splitlines():
        told = line.strip().startswith("cuibono ")
        words = shlex.split(line) if told else []
        if words[:2] == ["cuibono", "record"] and "--config" not in words:
            args = [
                word for word in words[3:] if word not in {"--group", "countries.csv"}
            ]
            with click.Context(module.command) as context:
                module.command.parse_args(context, args)


def test_a_slip_in_a_verb_of_the_record_is_answered(capsys: Capsys) -> None:
    assert 'Did you mean "rules"?' in refused(capsys, "record", "rule", "x.csv")


def test_statistics_have_one_row_an_event_in_the_order_of_the_file(
    capsys: Capsys, table: Path, tmp_path: Path
) -> None:
    out = tmp_path / "statistics.csv"
    done(capsys, "record", "statistics", table, "-o", out)
    given, found = stored_rows(table), stored_rows(out)
    assert [row["time"] for row in found] == [row["time"] for row in given]
    assert [(r["source"], r["target"], r["type"]) for r in found] == [
        (r["source"], r["target"], r["type"]) for r in given
    ]
    assert tuple(found[0])[5:] == SIXTEEN


def test_statistics_of_signed_events_leave_neutral_rows_out(
    capsys: Capsys, table: Path, tmp_path: Path
) -> None:
    whole, signed = tmp_path / "whole.csv", tmp_path / "signed.csv"
    done(capsys, "record", "statistics", table, "-o", whole)
    told = done(
        capsys, "record", "statistics", table, "--signed-only", "--json", "-o", signed
    ).document
    kept = [row for row in stored_rows(whole) if row["type"] != "neu"]
    assert stored_rows(signed) == kept
    assert told["schema"] == "cuibono/record-statistics/1"
    assert told["rows"] == len(kept)


@pytest.mark.parametrize("dataset", ["me2014", "raw300"])
@pytest.mark.parametrize("variant", VARIANTS)
def test_a_configuration_of_eventnet_gives_its_table(
    capsys: Capsys, tmp_path: Path, variant: str, dataset: str
) -> None:
    """Half-life, trimming, weights, triads and time handling are those of the file."""
    folder = reference("rem", dataset)
    config = folder / f"eventnet_config_{variant}.xml"
    assert read_memory(config) == VARIANTS[variant]
    out = tmp_path / "statistics.csv"
    done(
        capsys, "record", "statistics", folder / "events.csv", "--config", config,
        "--signed-only", "-o", out,
    )  # fmt: skip
    stored = stored_rows(folder / f"stats_{variant}_COND.csv.gz")
    ours = stored_rows(out)
    for name in SIXTEEN:
        theirs = np.array([float(row[name]) for row in stored])
        mine = np.array([float(row[name]) for row in ours])
        assert np.abs(mine - theirs).max() <= 5.1e-9


def test_a_half_life_on_the_line_wins_over_the_configuration(
    capsys: Capsys, table: Path, tmp_path: Path
) -> None:
    config = reference("rem", "me2014", "eventnet_config_A.xml")
    told = done(
        capsys, "record", "statistics", table, "--config", config,
        "--half-life-days", "7", "--json", "-o", tmp_path / "s.csv",
    ).document  # fmt: skip
    assert told["half_life_days"] == 7


CONFIG = """<eventnet.configuration>
<time interval.type="{time}"/>
<attribute name="P"><attr.update halflife="30" {update}/>
<event.response event.type="pos"><function type="{weight}" parameter="1"/></event.response>
</attribute>
<attribute name="N"><attr.update halflife="{half}"/>
<event.response event.type="neg"><function type="CONSTANT" parameter="1"/></event.response>
</attribute>
<statistic type="TRIANGLE_STATISTIC" direction.1="SYM" direction.2="{way}">
<function.combine.serial type="{form}"/></statistic>
</eventnet.configuration>"""
PLAIN = {
    "time": "TIME_POINT", "update": "", "weight": "CONSTANT", "half": "30",
    "way": "SYM", "form": "MIN",
}  # fmt: skip


def test_a_plain_configuration_is_read(tmp_path: Path) -> None:
    path = tmp_path / "config.xml"
    path.write_text(CONFIG.format(**PLAIN))
    assert read_memory(path).half_life_days == 30


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("time", "TIME_UNIT", "found TIME_UNIT, expected TIME_POINT or EVENT"),
        ("half", "60", "found 30, 60, expected one value"),
        ("half", "long", "expected one value"),
        ("weight", "ABS", "one function for all events"),
        ("weight", "SQRT", "found SQRT on pos events"),
        ("way", "OUT", "SYM on both ties"),
        ("form", "MAX", "found MAX, expected MIN or PRODUCT"),
        ("update", 'zero.if.absolute.value.below="0.1"', "nothing, 0.1"),
    ],
)
def test_a_setting_that_is_not_known_here_is_named(
    tmp_path: Path, key: str, value: str, says: str
) -> None:
    path = tmp_path / "config.xml"
    path.write_text(CONFIG.format(**{**PLAIN, key: value}))
    with pytest.raises(CaseFileError, match=says):
        read_memory(path)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("not xml", "no plain XML"),
        ("<other/>", "the root element <other>"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><eventnet.configuration/>', "no plain XML"),
        ("<eventnet.configuration/>", "a number of days in each attr.update"),
    ],
)
def test_files_that_are_no_configuration_are_refused(
    tmp_path: Path, text: str, says: str
) -> None:
    path = tmp_path / "config.xml"
    path.write_text(text)
    with pytest.raises(CaseFileError, match=says):
        read_memory(path)


def test_parquet_holds_the_same_table(
    capsys: Capsys, table: Path, tmp_path: Path
) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    done(capsys, "record", "statistics", table, "-o", tmp_path / "s.csv")
    done(capsys, "record", "statistics", table, "-o", tmp_path / "s.parquet")
    stored = parquet.read_table(tmp_path / "s.parquet").to_pydict()
    plain = stored_rows(tmp_path / "s.csv")
    assert list(stored) == list(plain[0])
    assert stored["enemy.of.enemy"] == [float(row["enemy.of.enemy"]) for row in plain]


def test_without_pyarrow_parquet_is_one_clear_line(
    capsys: Capsys, table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    out = tmp_path / "s.parquet"
    message = refused(capsys, "record", "statistics", table, "-o", out)
    assert message.strip() == (
        "Parquet needs pyarrow: pip install 'cuibono[events]', or write .csv"
    )
    assert not out.exists()


def test_a_bad_table_writes_nothing(capsys: Capsys, tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text("time,source,target,type\n1,A,B,friend\n")
    out = tmp_path / "s.csv"
    message = refused(capsys, "record", "statistics", bad, "-o", out)
    assert 'row 2, column "type": found "friend", expected pos, neg or neu' in message
    assert not out.exists()
    assert "write .csv or .parquet" in refused(
        capsys, "record", "statistics", bad, "-o", tmp_path / "s.xlsx"
    )


@pytest.mark.parametrize("model", ["sign", "ordered", "weight", "rate"])
def test_fit_prints_every_model_and_its_json(
    capsys: Capsys, table: Path, model: str
) -> None:
    asked = ("record", "fit", table, "--model", model, "--terms", "0", "--redraws", "2")
    out = done(capsys, *asked).out
    assert out.startswith("According to events.csv:")
    assert "enemy.of.enemy" in out
    told = done(capsys, *asked, "--json").document
    assert [term["term"] for term in told["terms"]][-1] == "enemy.of.enemy"


def test_fit_refuses_what_turns_signs_and_computes_it_for_comparison(
    capsys: Capsys, table: Path
) -> None:
    asked = ("record", "fit", table, "--model", "rate", "--ties", "efron")
    assert "it can turn their sign" in refused(capsys, *asked)
    told = done(capsys, *asked, "--compat", "eventnet", "--json").document
    assert any("wrong sign" in note for note in told["notes"])


def test_fit_takes_covariates_of_actors_and_of_pairs(
    capsys: Capsys, table: Path, tmp_path: Path
) -> None:
    wealth, treaty = tmp_path / "wealth.csv", tmp_path / "treaty.csv"
    wealth.write_text("actor,value\nA0,1\nA1,2\nNobody,9\n")
    treaty.write_text("source,target,time,value\nA0,A1,5,1\n")
    told = done(
        capsys, "record", "fit", table, "--terms", "0", "--json",
        "--covariate", f"wealth={wealth}", "--covariate", f"treaty={treaty}",
    ).document  # fmt: skip
    assert [term["term"] for term in told["terms"]][-3:] == [
        "wealth.source", "wealth.target", "treaty",
    ]  # fmt: skip
    wealth.write_text("actor,value\nA0,rich\n")
    message = refused(capsys, "record", "fit", table, "--covariate", f"wealth={wealth}")
    assert 'wealth.csv, row 2, column "value": found "rich"' in message
    assert "takes NAME=FILE" in refused(
        capsys, "record", "fit", table, "--covariate", "wealth"
    )


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Cache folder of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_rules_print_a_verdict_for_each_and_the_curve(
    capsys: Capsys, table: Path, cache: Path
) -> None:
    out = done(capsys, "record", "rules", table, "--null", "24").out
    assert out.startswith("According to events.csv:")
    for name in ("friend of friend", "friend of enemy", "enemy of friend"):
        assert name in out
    assert "365 days, terms 3" in out
    assert "Events that push" in out
    assert not list(cache.rglob("*.npz"))


def test_rules_as_json_are_the_same_for_the_same_seed(
    capsys: Capsys, table: Path, cache: Path, tmp_path: Path
) -> None:
    group = tmp_path / "group.csv"
    group.write_text("actor,group\nA0,North\nA1,North\n")
    asked = (
        "record", "rules", table, "--null", "24", "--seed", "3", "--json",
        "--group", group, "--mood-days", "30",
    )  # fmt: skip
    one, other = done(capsys, *asked), done(capsys, *asked)
    assert one.out == other.out
    told = one.document
    assert told["schema"] == "cuibono/record-rules/1"
    assert len(told["findings"]) == 4 and len(told["curve"]) == 32
    assert {point["aggregation"] for point in told["curve"]} == {
        "actors as recorded", "group.csv",
    }  # fmt: skip
    assert len(told["spread"]) == 7
    assert told["findings"][3]["rule"]["name"] == "enemy of enemy"


def test_rules_that_are_stopped_say_where_the_draws_are_and_go_on(
    capsys: Capsys, table: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cuibono.record import findings

    drawn = findings._drawn
    made: list[int] = []

    def stopping(*arguments: object) -> object:
        made.append(1)
        if len(made) == 30:
            raise KeyboardInterrupt
        return drawn(*arguments)  # type: ignore[arg-type]

    asked = ("record", "rules", table, "--null", "24", "--no-curve", "--json")
    whole = done(capsys, *asked).out
    monkeypatch.setattr(findings, "_drawn", stopping)
    called = call(capsys, *asked)
    assert called.status == 130
    assert "draws kept in" in called.err and len(list(cache.rglob("*.npz"))) == 1
    made.append(1)
    assert done(capsys, *asked).out == whole
    assert len(made) < 60
    assert not list(cache.rglob("*.npz"))


def test_rules_name_a_bad_table_of_groups(
    capsys: Capsys, table: Path, cache: Path, tmp_path: Path
) -> None:
    group = tmp_path / "group.csv"
    group.write_text("actor,group\nA0,North\nA0,South\n,West\n")
    message = refused(capsys, "record", "rules", table, "--group", group)
    assert 'row 3, column "group"' in message and 'row 4, column "actor"' in message
    group.write_text("actor\nA0\n")
    assert "no such column" in refused(
        capsys, "record", "rules", table, "--group", group
    )


def test_rules_of_a_record_without_signed_events_are_refused(
    capsys: Capsys, tmp_path: Path, cache: Path
) -> None:
    path = tmp_path / "neutral.csv"
    path.write_text("time,source,target,type\n1,A,B,neu\n")
    message = refused(capsys, "record", "rules", path)
    assert message.startswith("neutral.csv: no friendly or hostile event")
    assert exit_status(["record", "rules", str(tmp_path / "none.csv")]) == 2


@pytest.mark.parametrize(
    ("rows", "model", "says"),
    [
        ("1,A,B,pos\n2,B,C,pos\n", "sign", "all events are friendly"),
        ("1,A,B,neg\n2,B,C,neg\n", "sign", "all events are hostile"),
        ("1,A,A,pos\n2,A,A,neg\n", "sign", "no friendly or hostile event"),
        ("1,A,A,pos\n2,A,A,neg\n", "rate", "no event between two different actors"),
        ("1,A,B,pos\n2,A,B,neg\n", "weight", "too few for 9 coefficients"),
        ("1,A,B,pos\n2,A,B,neg\n", "ordered", "hostile, neutral and friendly"),
    ],
)
def test_a_record_that_does_not_suit_a_model_is_refused(
    capsys: Capsys, tmp_path: Path, rows: str, model: str, says: str
) -> None:
    path = tmp_path / "events.csv"
    path.write_text("time,source,target,type\n" + rows)
    asked = ("record", "fit", path, "--model", model, "--terms", "0")
    assert says in refused(capsys, *asked)


def test_terms_that_tell_events_from_controls_are_named(
    capsys: Capsys, tmp_path: Path
) -> None:
    """The same pair again and again, among many actors."""
    path = tmp_path / "events.csv"
    lines = [f"{k},A{k},B{k},pos" for k in range(30)]
    lines += [f"{k},A0,B0,pos" for k in range(30, 90)]
    path.write_text("time,source,target,type\n" + "\n".join(lines))
    asked = ("record", "fit", path, "--model", "rate", "--near", "0", "--redraws", "1")
    called = done(capsys, *asked, "--json").document
    assert any("no finite estimate" in note for note in called["notes"])
    tamed = done(capsys, *asked, "--json", "--ridge", "1").document
    assert not any("no finite estimate" in note for note in tamed["notes"])
