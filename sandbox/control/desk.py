"""What the control paths work with: people's deeds, the Web API door, the followers of the clock."""

from dataclasses import dataclass

from sandbox.api.door import ApiDoor
from sandbox.control.deeds import Deeds
from sandbox.followers import Followers
from sandbox.world import World


@dataclass
class Desk:
    deeds: Deeds
    api: ApiDoor
    followers: Followers

    @property
    def world(self) -> World:
        """The workspace."""
        return self.api.world
