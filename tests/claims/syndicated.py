"""Invented copy for the tests of syndication: one agency story, what desks made of it, and other reporters' stories."""

from __future__ import annotations

AGENCY = (
    "A cargo ship carrying fertiliser ran onto a sandbank off Port Elm before dawn on Monday, spilling fuel into "
    "a bird reserve, the coast guard said.",
    "Tugs failed twice to pull the vessel free as the tide dropped and its stern settled into the mud.",
    "Harbour master Tove Lindqvist said 14 sailors were lifted off by helicopter and none of them was hurt.",
    "“We told the captain to wait for the pilot, and he did not wait,” Lindqvist said.",
    "Volunteers spread straw along the shore and carried oiled birds to a school gymnasium.",
    "The shipping company denied that the captain had ignored orders and promised to pay for the cleaning.",
    "Engineers want to pump the remaining fuel into a barge before the next storm arrives on Thursday.",
    "Fishermen in Sarrow fear that the spring catch is lost because the currents drive the slick towards their nets.",
)
REWRITTEN = (
    "The coast guard said a freighter loaded with fertiliser hit a sandbank near Port Elm early on Monday and spilled "
    "fuel into a reserve for birds.",
    "Two attempts by tugs to drag the vessel free failed while the tide went out and the stern sank into mud.",
    "14 sailors were taken off by helicopter, harbour master Tove Lindqvist said, and none was hurt.",
    "“We told the captain to wait for the pilot, and he did not wait,” said Lindqvist.",
    "Along the shore volunteers put down straw and took oiled birds to the gymnasium of a school.",
    "That the captain ignored orders was denied by the shipping company, which promised to pay for cleaning up.",
    "Before the next storm comes on Thursday, engineers want to pump what fuel remains into a barge.",
    "The spring catch is lost, fishermen in Sarrow fear, because currents drive the slick to their nets.",
)
INDEPENDENT = (
    "Fourteen crew members are safe after their freighter stranded outside Port Elm on Monday.",
    "Residents woke to the smell of diesel, and by noon the beach at the old lighthouse was black.",
    "“We told the captain to wait for the pilot, and he did not wait,” harbour master Tove Lindqvist told our paper.",
    "Ornithologist Per Sand counted two hundred dead grebes within an hour.",
    "He wondered aloud why nobody had closed the sluice that leads into the marsh.",
    "At the town hall, parents argued over who should look after children whose school is now a hospital for birds.",
    "The mayor wants Sarrow to send pumps; Sarrow has not answered.",
)
OWN = (
    "At the market in Minster Quay, Hanne Olsen has sold mussels for thirty years, and she sold none this week.",
    "Restaurants cancelled their tables one after the other, the owners of four of them told this newspaper.",
    "A study from the university found in 2011 that oil stays in such marshes for a decade.",
)


def story(*sentences: str, headline: str = "Ship aground off Port Elm") -> str:
    """The sentences as copy: a headline and paragraphs of two sentences."""
    pairs = [" ".join(sentences[at : at + 2]) for at in range(0, len(sentences), 2)]
    return "\n\n".join((headline, *pairs))
