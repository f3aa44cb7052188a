"""Names in a bare text that may be parties."""

from cuibono.coding.parties import FEW, MOST, named_parties


def found(text: str) -> dict[str, tuple[str, ...]]:
    """Aliases by label."""
    return {node.label: node.aliases for node in named_parties(text)}


def test_short_forms_and_adjectives_are_aliases() -> None:
    text = (
        "The government of Ardania fights the Brun Front. But the Front lives on the "
        "raids of the Ardanian army."
    )
    assert found(text) == {"Ardania": ("Ardanian",), "Brun Front": ("Front",)}


def test_a_last_word_of_two_names_is_neither() -> None:
    text = "We saw the Brun Front and the Cor Front. It was the Front again."
    assert found(text) == {"Brun Front": (), "Cor Front": (), "Front": ()}


def test_what_only_opens_a_sentence_once_is_no_name() -> None:
    assert found("Raids go on. Nobody in Arda knows why.") == {"Arda": ()}


def test_of_a_text_with_many_names_those_that_recur_count() -> None:
    names = [f"Town{chr(65 + k)}{chr(97 + k)}" for k in range(FEW)]
    once = "They also saw Elsewhere."
    text = " ".join(f"We saw {name} and left {name}." for name in names) + f" {once}"
    assert list(found(text)) == names
    assert "Elsewhere" in found(once)


def test_there_is_an_end_to_the_list() -> None:
    names = [f"Qu{chr(97 + k % 26)}x{k}" for k in range(90)]
    text = " ".join(f"We left {name} for {name}." for name in names)
    assert len(found(text)) <= MOST
