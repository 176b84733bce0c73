"""What the control paths work with: people's deeds, the Web API door, the followers of the clock."""

from dataclasses import dataclass

from sandbox.api.door import ApiDoor
from sandbox.control.user_actions import Deeds
from sandbox.followers import Followers
from sandbox.world import World


@dataclass
class ControlContext:
    deeds: Deeds
    api: ApiDoor
    followers: Followers

    @property
    def world(self) -> World:
        """The workspace."""
        return self.api.world
