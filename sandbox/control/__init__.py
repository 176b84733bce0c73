"""The hands and eyes of people: act as anybody, look at everything, push the clock, break things."""
