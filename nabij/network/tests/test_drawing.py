"""The picture of the network: nobody stands on anybody, no word on another, whoever is drawn."""

from dataclasses import dataclass
from itertools import combinations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nabij.network.drawing import CENTRE, HUB, MOST, Box, draw, short, width_of

LETTERS = st.characters(codec="utf-8", categories=["L", "Zs", "Pd"])


# a busy machine is slow, not wrong
BUSY = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@dataclass
class Someone:
    ring: int | None
    name: str
    strength: int = 2


PEOPLE = st.lists(st.builds(Someone, st.sampled_from([1, 2, 3, None]), st.text(LETTERS, min_size=1, max_size=80)), max_size=MOST)
CROWDS = st.builds(lambda ring, count: [Someone(ring, f"Mevrouw Van Wermeskerken {n}") for n in range(count)], st.sampled_from([1, 2, 3, None]), st.integers(0, MOST))


def everything(drawing):
    hub = Box(CENTRE - HUB, CENTRE - HUB, CENTRE + HUB, CENTRE + HUB)
    return [hub, *(spot.label.box for spot in drawing.spots if spot.label)]


@BUSY
@given(st.one_of(PEOPLE, CROWDS))
def test_no_two_names_overlap_and_none_covers_a_person_or_leaves_the_picture(people):
    drawing = draw(people)
    assert [spot.number for spot in sorted(drawing.spots, key=lambda s: s.number)] == list(range(1, len(people) + 1))
    assert not [pair for pair in combinations(everything(drawing), 2) if pair[0].touches(pair[1])]
    for spot in drawing.spots:
        assert spot.box.is_inside
        if spot.label:
            assert spot.label.box.is_inside
            assert not any(spot.label.box.touches(other.box) for other in drawing.spots)


@BUSY
@given(st.one_of(PEOPLE, CROWDS))
def test_no_two_people_overlap_and_everybody_stands_in_their_own_ring(people):
    drawing = draw(people)
    for one, two in combinations(drawing.spots, 2):
        assert (one.x - two.x) ** 2 + (one.y - two.y) ** 2 >= (2 * one.radius) ** 2
    edges = [HUB, *drawing.rings, 200]
    assert edges == sorted(edges)
    for spot in drawing.spots:
        far = ((spot.x - CENTRE) ** 2 + (spot.y - CENTRE) ** 2) ** 0.5
        inner, outer = (edges[spot.tie.ring - 1], edges[spot.tie.ring]) if spot.tie.ring else (edges[3], 200)
        assert inner - 0.2 <= far - spot.radius
        assert far + spot.radius <= outer + 0.2


def test_the_same_people_always_stand_in_the_same_places():
    people = [Someone(n % 3 + 1, f"Naam {n}") for n in range(12)]
    assert draw(people) == draw(people)


def test_with_few_people_every_name_is_written():
    people = [Someone(ring, name) for ring, name in [(1, "Els de Boer"), (1, "Kees"), (2, "Buurvrouw Annie"), (3, "Oom Piet"), (None, "Huisarts Bakker"), (None, "Evean")]]
    assert [spot.label.text for spot in draw(people).spots] == [person.name for person in people]


def test_nobody_is_forgotten_when_there_are_too_many_for_a_picture():
    drawing = draw([Someone(3, "Iemand")] * (MOST + 2))
    assert (len(drawing.spots), drawing.left_over) == (MOST, 2)
    assert draw([]).spots == []


def test_a_long_name_is_cut_at_a_word_and_its_width_is_never_too_small():
    assert short("Mevrouw Van Wermeskerken-Boonstra", 18) == "Mevrouw Van…"
    assert short("Wermeskerkenboonstra", 9) == "Wermeske…"
    assert width_of("Mw. W. Mammoet") > width_of("ij. l. tillift")
