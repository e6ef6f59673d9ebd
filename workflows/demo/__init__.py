"""The demo office: a made-up city whose half-year is told by calling the stages, as its people would."""
