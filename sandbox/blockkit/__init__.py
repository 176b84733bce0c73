"""Block Kit as Slack checks it: types, lengths and counts."""
