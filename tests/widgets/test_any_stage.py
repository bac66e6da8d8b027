"""Faculty choose a teaching model from a list, and it stands on the stage."""

import pytest

from cstools.errors import UnknownNameError
from cstools.facets.as_files import models
from cstools.widgets.any_stage import any_stage


def test_every_teaching_model_can_be_chosen_once():
    titles = [title for _, title in any_stage("The bathtub").choice.options]
    assert sorted(titles) == sorted({make().name for _, make in models().values()})


def test_the_list_goes_from_oneself_to_the_world():
    facets = [label.partition(":")[0] for label, _ in any_stage("The bathtub").choice.options]
    assert facets == sorted(facets, key=["self", "others", "world"].index)


def test_the_chosen_model_takes_the_place_of_the_one_before():
    stages = any_stage("The bathtub")
    before = stages.stage
    stages.choice.value = "The shared pond"
    assert stages.place.children == (stages.stage,)
    assert stages.stage is not before
    assert repr(stages.stage).startswith("Presentation of “The shared pond”")
    assert "Evidence: illustrative." in stages.told.value


def test_a_model_that_is_not_there_gets_the_nearest_name():
    with pytest.raises(UnknownNameError) as error:
        any_stage("The shared pont")
    assert str(error.value) == (
        "the teaching models: nothing is called 'The shared pont'; did you mean 'The shared pond'?"
    )
