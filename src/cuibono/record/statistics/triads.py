"""The four signed triads: what sender and receiver are to a third actor."""

from cuibono.record.statistics.statistic import of_cell

FRIEND_OF_FRIEND = of_cell(
    "friend.of.friend",
    "third actors who are friends of the sender and friends of the receiver",
    "lerner2016",
)
FRIEND_OF_ENEMY = of_cell(
    "friend.of.enemy",
    "third actors who are enemies of the sender and friends of the receiver",
    "lerner2016",
)
ENEMY_OF_FRIEND = of_cell(
    "enemy.of.friend",
    "third actors who are friends of the sender and enemies of the receiver",
    "lerner2016",
)
ENEMY_OF_ENEMY = of_cell(
    "enemy.of.enemy",
    "third actors who are enemies of the sender and enemies of the receiver",
    "lerner2016",
)
