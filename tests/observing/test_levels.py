"""Levels of scores by words and meaning."""

from __future__ import annotations

from syncsage.observing.levels import grade

BANDS = {"strong": 0.9, "weak": 0.5}


def test_a_clear_best_is_strong_and_what_is_near_is_weak() -> None:
    levels = grade({"a": 0.95, "b": 0.80, "c": 0.6}, (), BANDS, 0.03)
    assert levels == {"a": "strong", "b": "weak", "c": "none"}


def test_twins_are_both_weak_however_high_they_stand() -> None:
    assert grade({"a": 0.95, "b": 0.93}, (), BANDS, 0.03) == {"a": "weak", "b": "weak"}


def test_below_the_lower_band_nothing_is_named() -> None:
    assert grade({"a": 0.49, "b": 0.48}, (), BANDS, 0.03) == {"a": "none", "b": "none"}


def test_what_is_near_a_weak_best_is_weak_below_the_band_too() -> None:
    assert grade({"a": 0.55, "b": 0.35, "c": 0.25}, (), BANDS, 0.03) == {"a": "weak", "b": "weak", "c": "none"}


def test_topics_outside_have_no_level_and_are_no_twins() -> None:
    assert grade({"a": 0.95, "x": 0.99}, {"x"}, BANDS, 0.03) == {"a": "strong", "x": "none"}
    assert grade({"x": 0.99}, {"x"}, BANDS, 0.03) == {"x": "none"}
