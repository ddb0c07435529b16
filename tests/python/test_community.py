# SPDX-License-Identifier: BSL-1.0
"""A community that invents, from Python: founded, played by commands, refused, asked, kept as a journal; its rule pack
and its stories."""
import copy
import datetime
import fractions
import pathlib
import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import crowdrules as cr

TOP = pathlib.Path(__file__).resolve().parents[2]
PIVOT_POWER = TOP / "examples" / "pivot_power_2011.toml"
KETTLE = TOP / "examples" / "folding_kettle.toml"
QUIRKY = TOP / "tests" / "scenarios" / "quirky" / "fifteen_votes_2012.toml"
STAFF = "the staff"
COMPANY = 1_000_000
Code = cr.CommunityRejectionCode


def usd(text):
    return cr.Money(text, "USD")


def day(number, hour=12):
    return datetime.datetime(2012, 1, 1, hour, tzinfo=datetime.timezone.utc) + datetime.timedelta(days=number)


def terms(**changes):
    """10.00 an idea, three votes, one idea and one pick of the staff go on, 30% and 10% of what is sold."""
    rate = {name: cr.RateTerms(less=["returns", "discounts"], tiers=[cr.RateTier(rate=rate)])
            for name, rate in (("direct", "30%"), ("indirect", "10%"))}
    return cr.CommunityTerms(
        currency="USD", title="Sample", submission=cr.SubmissionTerms(1000, refunded_when_infeasible=True),
        evaluation=cr.RoundTerms(cr.VoteBudget("each_round", votes=3), cr.VoteWeight("inverse"), "earlier_submission",
                                 cr.SelectionTerms("top", count=1, staff_picks=1)),
        influence=cr.InfluencePolicy(cr.UnclaimedPolicy("to_payee", COMPANY)), rights=cr.RightsTerms(COMPANY),
        royalty=cr.CommunityRoyalty([cr.RoyaltyChannel(name, rate[name]) for name in rate], "half_even"),
        payouts=cr.RoyaltyPayouts("2012-01-01T00:00:00Z", minimum=500),
    ).with_(**changes)


PHASES = [
    cr.ProductPhase("evaluation", "evaluation", [cr.Bucket("inventor", "40%"), cr.Bucket("voters", "20%", "votes")]),
    cr.ProductPhase("naming", "contributions", [cr.Bucket("name", "35%")]),
    cr.ProductPhase("presale", "participation", [cr.Bucket("buyers", "5%", "equal")]),
]


PRESALE = cr.Terms(currency="USD", model=cr.FundingModel.units(1), window=cr.Window(day(0), day(30)),
                   charges=cr.ChargePlan(retry_window="7 days"), rewards=[cr.Reward("Lamp", minimum=4000)])


def founded(members=4, **changes):
    community = cr.Community.found(terms(**changes), at="2012-01-01T00:00:00Z")
    for member in range(1, members + 1):
        community.perform(cr.JoinCommunity(member, name=f"member {member}"), at=day(0))
    return community


def accepted():
    """Idea 1 of member 1 is a product; 2 voted for it alone, 3 for another too."""
    community = founded()
    community.perform(cr.HandInIdea(1, 1, "Lamp"), at=day(1))
    community.perform(cr.HandInIdea(2, 2, "Hook"), at=day(1))
    community.perform(cr.OpenRound(1, [1, 2], closes=day(9), decided_by=STAFF), at=day(2))
    for member, idea in ((2, 1), (3, 1), (3, 2)):
        community.perform(cr.CastVote(1, member, idea), at=day(3))
    community.perform(cr.AcceptIdea(1, phases=PHASES, decided_by=STAFF), at=day(10))
    return community


def on_sale():
    community = accepted()
    community.perform(cr.OpenPhase(1, "naming", decided_by=STAFF), at=day(11))
    community.perform(cr.Contribute(3, product=1, phase="naming", member=4, title="Glow"), at=day(12))
    community.perform(cr.PickWinners(1, "naming", [cr.PickedWinner(3)], decided_by=STAFF), at=day(13))
    community.perform(cr.OpenPhase(1, "presale", decided_by=STAFF), at=day(14))
    community.perform(cr.ClosePhase(1, "presale", decided_by=STAFF), at=day(15))
    community.perform(cr.ReportProductReady(1, decided_by=STAFF), at=day(20))
    community.perform(cr.StartSales(1, decided_by=STAFF), at=day(21))
    return community


def sold():
    community = on_sale()
    community.perform(cr.RecordSale(1, 1, "direct", sold_on=day(30).date(), units=10, gross=usd("1000.00"),
                                    deductions=[cr.SaleDeduction("discounts", 10000)]), at=day(31))
    community.perform(cr.RecordReturn(1, units=1, amount=usd("90.00")), at=day(40))
    return community


def settle(community, until):
    """The company does what is due, as the story's does: it pays whoever is to be paid."""
    while True:
        due = [due for due in community.agenda() if due.at <= until]
        if not due:
            return
        for one in due:
            if str(one.kind) == "pay":
                community.perform(cr.PayRoyalty(one.member), at=one.at)
        community.advance(due[0].at)


# --------------------------------------------------------------------------------------------------------- to the cent


def test_a_product_is_sold_and_its_royalty_paid():
    community = sold()
    assert [event.kind for event in community.advance("2012-04-01T00:00:00Z")] == ["royalty_shared", "period_closed"]
    statement = community.statement()
    # 30% of 1,000.00 less 100.00 and 90.00 that came back.
    assert statement.royalties == statement["royalties"] == usd("243.00")
    assert dict(statement)["bought"] == usd("900.00")
    assert (statement.units, statement.members, statement.ideas) == (9, 4, 2)
    # The voters' 20%: 2 voted once and 3 twice, so 2 to 1. Nobody bought early: 5% are the company's.
    shares = {share.payee: fractions.Fraction(share.weight, community.influence(1).whole)
              for share in community.influence(1).shares}
    assert shares == {1: fractions.Fraction(2, 5), 2: fractions.Fraction(2, 15), 3: fractions.Fraction(1, 15),
                      4: fractions.Fraction(7, 20), COMPANY: fractions.Fraction(1, 20)}
    assert [str(community.member(member).credited) for member in (1, 2, 3, 4)] == [
        "97.20 USD", "32.40 USD", "16.20 USD", "85.05 USD"]
    assert statement.unclaimed == usd("12.15")
    settle(community, day(100))
    assert community.statement().paid == usd("230.85")
    assert community.statement().carried == usd("0.00")
    assert community.agenda() == ()
    line, = community.statement().products
    assert (line.title, line.stage, line.units, line.shared) == ("Lamp", cr.ProductStage.on_sale, 9, usd("243.00"))


def test_the_books_balance():
    community = sold()
    settle(community, day(100))
    assert sum(community.ledger().values()) == usd("0")
    assert sum(community.statement().holders.values()) == usd("0")
    assert community.ledger()[cr.Account.members] == usd("210.85")  # 230.85 paid, less 20.00 for two ideas
    for entry in community.entries():
        assert sum(posting.amount.minor for posting in entry) == 0
    assert community.check() == ()
    for member in (1, 2, 3, 4):
        account = community.member(member)
        assert (account.credited + account.corrected
                == account.paid + account.withheld + account.payment_fees + account.balance)


def test_every_figure_is_explained():
    community = sold()
    community.advance("2012-04-01T00:00:00Z")
    for name in cr.community_figure_names():
        assert community.explain(name).figure
        assert community.statement().explain(name).figure
    assert "30%" in str(community.explain("royalties")) or "243.00" in str(community.explain("royalties"))
    with pytest.raises(ValueError, match="royalties"):
        community.explain("nothing")
    with pytest.raises(KeyError, match="royalties"):
        community.statement()["nothing"]


def test_pivot_power_step_by_step():
    """The story of examples/pivot_power_2011.toml, said in Python: terms, commands and figures are the same."""
    story = cr.community(PIVOT_POWER)
    number = {name: story.members[name][0] for name in ("Jake Zien", "Anna", "Ben", "Chris", "Quirky")}
    rate = {name: cr.DatedRates("2009-06-02", cr.RateTerms(less=["returns"], tiers=[cr.RateTier(rate=rate)]))
            for name, rate in (("direct", "30%"), ("indirect", "10%"))}
    pivot = cr.CommunityTerms(
        currency="USD", title="Pivot Power", submission=cr.SubmissionTerms(1000, True),
        evaluation=cr.RoundTerms(weight=cr.VoteWeight("inverse"), tie_break="earlier_submission",
                                 selection=cr.SelectionTerms("top", 5, staff_picks=1),
                                 rating=cr.RatingTerms(["useful", "new"], bar="75%")),
        influence=cr.InfluencePolicy(cr.UnclaimedPolicy("to_payee", number["Quirky"])),
        rights=cr.RightsTerms(number["Quirky"], "on_acceptance",
                              citation=cr.Citation("quirky.com/about/ip", "2012", "official")),
        royalty=cr.CommunityRoyalty([cr.RoyaltyChannel(name, [rate[name]]) for name in rate], "half_even"),
        payouts=cr.RoyaltyPayouts("2011-01-01T00:00:00Z", every=cr.Cadence(months=3), minimum=1000))
    assert pivot == story.terms

    community = cr.Community.found(pivot, at="2010-09-01T16:00:00Z")

    def act(at, *commands):
        at = datetime.datetime.fromisoformat(at).replace(tzinfo=datetime.timezone.utc)
        settle(community, at)
        for command in commands:
            community.perform(command, at=at)

    jake, anna, ben, chris = (number[name] for name in ("Jake Zien", "Anna", "Ben", "Chris"))
    idea, ideas = story.ideas["Pivot Power"], [story.ideas[name] for name in (
        "Pivot Power", "Folding kettle", "Silent whisk", "Cloud lamp")]
    act("2010-09-01 16:00", *[cr.JoinCommunity(member, name=name) for name, member in number.items()
                              if name != "Quirky"])
    act("2010-09-01 16:00", *[cr.JoinCommunity(member) for crowd in ("voter", "rater", "answer")
                              for member in story.members[crowd]])
    for hour, handed_in, member in zip(("02 16", "03 16", "03 17", "03 18"), ideas, (jake, anna, ben, chris)):
        act(f"2010-09-{hour}:00", cr.HandInIdea(handed_in, member))
    act("2010-09-06 16:00", cr.OpenRound(1, ideas, closes="2010-09-13T16:00:00Z", decided_by=STAFF))
    act("2010-09-07 16:00", *[cr.CastVote(1, voter, idea) for voter in story.members["voter"]])
    act("2010-09-08 16:00", *[cr.CastVote(1, anna, one) for one in ideas])
    act("2010-09-08 17:00", cr.TakeBackVote(1, anna, ideas[3]))
    act("2010-09-09 16:00", *[cr.RateIdea(1, rater, one, criterion, stars=4) for rater in story.members["rater"]
                              for one in ideas[:3] for criterion in ("useful", "new")])
    act("2010-09-09 17:00", *[cr.RateIdea(1, ben, one, criterion, stars=5) for one in (ideas[0], ideas[3])
                              for criterion in ("useful", "new")])
    assert community.round(1)["votes"][idea] == 601
    act("2010-09-17 16:00", cr.AcceptIdea(idea, decided_by=STAFF, phases=[
        cr.ProductPhase("evaluation", "evaluation", [cr.Bucket("inventor", "40%"), cr.Bucket("voters", "10%", "votes"),
                                                     cr.Bucket("raters", "10%", "raters")]),
        cr.ProductPhase("design", "contributions", [cr.Bucket("design", "20%")]),
        cr.ProductPhase("naming", "contributions", [cr.Bucket("naming", "10%")]),
        cr.ProductPhase("research", "participation", [cr.Bucket("research", "5%", "equal")]),
        cr.ProductPhase("pricing", "participation", [cr.Bucket("pricing", "5%", "equal")])]))
    assert set(story.members["rater"]) == set(community.round(1)["raters"])
    act("2010-10-01 16:00", cr.OpenPhase(idea, "research", decided_by=STAFF))
    act("2010-10-02 16:00", cr.CreditMembers(idea, "research", [cr.Claim(member) for member in story.members["answer"]],
                                             STAFF))
    act("2010-10-08 16:00", cr.ClosePhase(idea, "research", STAFF), cr.OpenPhase(idea, "design", decided_by=STAFF))
    act("2010-10-09 16:00", cr.Contribute(11, idea, "design", jake))
    act("2010-10-10 16:00", cr.Contribute(12, idea, "design", chris))
    act("2010-10-23 16:00",
        cr.PickWinners(idea, "design", [cr.PickedWinner(11, weight=3), cr.PickedWinner(12)], STAFF),
        cr.OpenPhase(idea, "naming", decided_by=STAFF))
    act("2010-10-24 16:00", cr.Contribute(13, idea, "naming", ben))
    act("2010-11-02 16:00", cr.PickWinners(idea, "naming", [cr.PickedWinner(13)], STAFF),
        cr.OpenPhase(idea, "pricing", decided_by=STAFF))
    act("2010-11-09 16:00", cr.ClosePhase(idea, "pricing", STAFF))
    act("2011-04-25 16:00", cr.ReportProductReady(idea, STAFF))
    act("2011-05-01 16:00", cr.StartSales(idea, STAFF))

    def sale(number, channel, on, units, gross):
        act(f"{on} 20:00", cr.RecordSale(number, idea, channel, on, units, usd(gross)))

    sale(1, "direct", "2011-06-30", 1000, "29990.00")
    sale(2, "indirect", "2011-06-30", 30000, "463800.00")
    settle(community, datetime.datetime(2011, 7, 1, 0, 0, 1, tzinfo=datetime.timezone.utc))
    assert community.statement().royalties == usd("55377.00")
    assert community.member(jake).paid == usd("30459.00")
    assert community.member(story.members["voter"][599]).balance == usd("9.22")
    sale(3, "direct", "2011-09-30", 1474, "44205.26")
    sale(4, "indirect", "2011-09-30", 50000, "773000.00")
    act("2011-11-15 20:00", cr.RecordReturn(4, 1000, usd("15460.00")))
    sale(5, "direct", "2011-12-31", 2500, "74975.00")
    sale(6, "indirect", "2011-12-31", 81810, "1264990.88")
    act("2012-01-01 00:00:01")

    statement, played = community.statement(), story.play()
    assert played.as_expected and played.surprises() == ()
    assert str(statement.royalties) == "293,384.17 USD"
    assert community.member(jake).paid == usd("161361.40")
    assert community.member(anna).paid == usd("16.29")
    assert dict(statement) == dict(played.statement())
    assert statement.holders == played.statement().holders
    assert [line.earned for line in statement.products] == [line.earned for line in played.statement().products]
    assert community.influence(idea) == played.community.influence(idea)


# --------------------------------------------------------------------------------------------------------- as it stands


def test_where_things_stand_is_read_by_name():
    community = sold()
    idea, round_, product = community.idea(1), community.round(1), community.product(1)
    assert (idea["title"], idea["submitter"], idea["stage"], idea["fee"]) == ("Lamp", 1, cr.IdeaStage.accepted, 1000)
    assert community.idea(3)["product"] == 1 and community.idea(3)["phase"] == "naming"
    assert round_["votes"] == {1: 2, 2: 1} and round_["selected"] == (1,) and round_["closed"]
    assert product["stage"] is cr.ProductStage.on_sale
    assert product["phases"] == dict.fromkeys(("evaluation", "naming", "presale"), cr.PhaseState.closed)
    assert (product["units"], product["gross"], product["returned"]) == (9, 100000, 9000)
    assert list(community.members()["member"]) == [1, 2, 3, 4]
    assert list(community.products()["units"]) == [9]
    assert len(community.charts) == 5
    for ask, what in ((community.idea, "idea"), (community.round, "round"), (community.product, "product"),
                      (community.member, "member"), (community.influence, "product"), (community.rights, "idea")):
        with pytest.raises(KeyError, match=f"there is no {what} 77"):
            ask(77)
    with pytest.raises(KeyError, match="has no presale"):
        community.presale(1)


def test_every_right_has_a_holder_and_a_reason():
    community = on_sale()
    submitted, accepted_, made = [record for record in community.rights(1) if record.right is cr.Right.title] + [
        record for record in community.rights(1) if record.right is cr.Right.royalty]
    assert (submitted.by, submitted.holders) == (cr.RightsEvent.submitted, cr.Holders([cr.Share(1, 1)]))
    assert (accepted_.by, accepted_.holders.shares[0].payee) == (cr.RightsEvent.accepted, COMPANY)
    assert made.by is cr.RightsEvent.made and made.holders.whole == 60
    assert community.holders(1, "title") == accepted_
    assert community.holders(1, "title", at=day(5)) == submitted
    assert community.holders(2, "royalty") is None
    periods = community.custody(1, "title")
    assert [period.by for period in periods] == [cr.RightsEvent.submitted, cr.RightsEvent.accepted]
    assert periods[0].period.closes == periods[1].period.opens == day(10)


def test_a_kettle_that_was_never_made_goes_back_to_those_it_came_from():
    community = accepted()
    community.perform(cr.AbandonProduct(1, reason="it leaks", decided_by=STAFF), at=day(50))
    title = community.holders(1, "title")
    assert title.by is cr.RightsEvent.returned
    assert {share.payee for share in title.holders.shares} == {1, 2, 3}
    told = cr.community(KETTLE).play()
    assert told.as_expected
    assert [refusal.code for refusal in told.refusals] == [Code.idea_not_open, Code.product_over]
    assert told.community.product(told.community.idea(1)["idea"])["stage"] is cr.ProductStage.abandoned


def test_a_presale_is_a_campaign_within():
    community = accepted()
    community.perform(cr.OpenPhase(1, "presale", decided_by=STAFF), at=day(14))
    presale = PRESALE.with_(window=cr.Window(day(14), day(20)))
    community.perform(cr.OpenPresale(1, presale, bucket="buyers", decided_by=STAFF), at=day(14))
    for pledge, member in ((1, 2), (2, 3)):
        made, = community.perform(cr.ActOnPresale(1, cr.MakePledge(pledge, member, reward=1, amount=usd("40.00"))),
                                  at=day(15))
    assert made.kind == "presale_happened" and made.product == 1
    assert made.presale.kind == "pledge_made" and made.presale.amount == 4000 and made.presale.at == day(15)
    with pytest.raises(cr.Rejected) as refusal:
        community.perform(cr.ActOnPresale(1, cr.MakePledge(2, 3, reward=1, amount=usd("40.00"))), at=day(16))
    assert refusal.value.code is Code.presale_refused
    assert refusal.value.of_presale is cr.RejectionCode.pledge_id_taken
    assert pickle.loads(pickle.dumps(refusal.value)).of_presale is refusal.value.of_presale
    community.advance(day(20))
    for due in community.presale(1).agenda():
        if due.kind is cr.DueKind.charge:
            community.perform(cr.ActOnPresale(1, cr.RecordCharge(due.pledge)), at=due.at)
    campaign = community.presale(1)
    assert campaign.phase is cr.Phase.succeeded and campaign.statement().collected == usd("80.00")
    assert cr.Campaign.replay(campaign.events) == campaign
    assert [claim.member for claim in community.influence(1).claims["buyers"]] == [2, 3]
    assert pickle.loads(pickle.dumps(community.events)) == community.events


# ------------------------------------------------------------------------------------------------------------- refusals


def refused(community, command, at):
    before = copy.copy(community)
    codes = []
    for act in (community.decide, community.perform):
        with pytest.raises(cr.Rejected) as refusal:
            act(command, at=at)
        assert community == before
        codes.append(refusal.value.code)
    assert codes[0] is codes[1]
    return refusal.value


def test_a_refusal_says_everything_and_changes_nothing():
    community = founded()
    community.perform(cr.HandInIdea(1, 1, "Lamp"), at=day(1))
    error = refused(community, cr.HandInIdea(1, 2, "Again"), day(2))
    assert error.code is Code.id_taken
    assert error.facts and error.accepted
    assert str(error).startswith("id_taken: ")
    assert error.of_presale is None
    again = pickle.loads(pickle.dumps(error))
    assert (again.code, again.facts, again.citation) == (error.code, error.facts, error.citation)


def test_refusals_come_in_their_order():
    community = accepted()
    open_phase = cr.OpenPhase(0, "nothing", decided_by="")
    found = [refused(community, open_phase, day(9)).code]
    found.append(refused(community, open_phase, day(11)).code)
    found.append(refused(community, open_phase.with_(decided_by=STAFF), day(11)).code)
    found.append(refused(community, open_phase.with_(decided_by=STAFF, product=1), day(11)).code)
    found.append(refused(community, open_phase.with_(decided_by=STAFF, product=1, phase="evaluation"), day(11)).code)
    assert found == [Code.command_older_than_last, Code.decider_missing, Code.product_unknown, Code.phase_unknown,
                     Code.phase_not_waiting]
    assert found == sorted(found, key=list(Code).index)


@pytest.mark.parametrize("command,code", [
    (cr.JoinCommunity(1), Code.id_taken),
    (cr.JoinCommunity(COMPANY), Code.member_is_company),
    (cr.HandInIdea(9, 9), Code.member_unknown),
    (cr.WithdrawIdea(1, 1), Code.idea_not_open),
    (cr.WithdrawIdea(2, 1), Code.not_its_submitter),
    (cr.CastVote(1, 4, 1), Code.round_closed),
    (cr.StartSales(1, STAFF), Code.product_not_ready),
    (cr.RecordSale(1, 1, "direct", "2012-01-05", 1, usd("1.00")), Code.product_not_made),
    (cr.CreditMembers(1, "buyers", [cr.Claim(1)], STAFF), Code.phase_not_open),
    (cr.CreditMembers(1, "luck", [cr.Claim(1)], STAFF), Code.bucket_unknown),
    (cr.AcceptIdea(2, phases=PHASES, decided_by=STAFF), Code.idea_not_selected),
    (cr.AcceptIdea(2, staff_pick=True, phases=PHASES[:1], decided_by=STAFF), Code.influence_malformed),
    (cr.PayRoyalty(1), Code.nothing_due),
    (cr.ActOnPresale(1, cr.CloseEarly()), Code.presale_unknown),
])
def test_what_may_not_happen_is_refused(command, code):
    assert refused(accepted(), command, day(11)).code is code


def test_a_command_with_an_id_may_be_sent_twice():
    community = founded()
    command = cr.HandInIdea(1, 1, "Lamp")
    assert len(community.perform(command, at=day(1), id=5)) == 1
    assert community.perform(command, at=day(1), id=5) == ()
    with pytest.raises(cr.Rejected) as refusal:
        community.perform(command.with_(title="Lamp 2"), at=day(1), id=5)
    assert refusal.value.code is Code.command_conflicts_with_earlier


def test_what_can_never_be_right_is_told_at_once():
    community = founded()
    with pytest.raises(ValueError, match="zone"):
        community.perform(cr.HandInIdea(1, 1), at=datetime.datetime(2012, 1, 2))
    with pytest.raises(TypeError, match="floating point"):
        cr.Bucket("voters", 0.2)
    with pytest.raises(TypeError, match="whole number"):
        cr.SaleDeduction("discounts", 10.5)
    with pytest.raises(TypeError, match="Money"):
        cr.RecordSale(1, 1, "direct", "2012-01-05", 1, 100)
    with pytest.raises(TypeError, match="no field 'idae'"):
        cr.HandInIdea(idea=1, member=1, idae=1)
    with pytest.raises(TypeError, match="HandInIdea needs member"):
        cr.HandInIdea(1)
    with pytest.raises(TypeError, match="expected one of"):
        community.perform(cr.CloseEarly(), at=day(1))
    with pytest.raises(ValueError, match="there is no BucketRule 'luck'"):
        cr.Bucket("voters", "20%", "luck")
    with pytest.raises(cr.Error):
        community.perform(cr.HandInIdea(1, 1), at=datetime.datetime(1, 1, 1, tzinfo=datetime.timezone.utc))


def test_terms_with_defects_found_nothing():
    bare = terms(influence=cr.InfluencePolicy(), payouts=cr.RoyaltyPayouts("2012-01-01T00:00:00Z"))
    assert [finding.rule for finding in bare.defects] == ["influence.unclaimed", "payouts.minimum"]
    with pytest.raises(cr.ContractViolation):
        cr.Community.found(bare, at=day(0))
    assert terms().citation_of("rights.assignment").evidence is cr.Evidence.agreed


# ------------------------------------------------------------------------------------------------ journal, copies, text


def test_a_community_is_its_events():
    community = sold()
    settle(community, day(100))
    assert cr.Community.replay(community.events) == community
    assert cr.Community.from_journal(community.journal()) == community
    assert cr.read_community_journal(cr.write_community_journal(community.events)) == community.events
    assert pickle.loads(pickle.dumps(community)) == community
    assert [event.kind for event in community][:2] == ["community_founded", "member_joined"]
    assert community.events[0].terms == community.terms
    sale = next(event for event in community if event.kind == "sale_recorded")
    assert (sale.gross, sale.channel, sale.product) == (100000, "direct", 1)
    assert sale.postings("USD") in community.entries()
    with pytest.raises(AttributeError):
        sale.colour
    altered = community.journal().replace('"units":10', '"units":11', 1)
    with pytest.raises(cr.TextError) as refusal:
        cr.Community.from_journal(altered, "lamp.jsonl")
    assert refusal.value.source == "lamp.jsonl" and refusal.value.line > 1
    with pytest.raises(cr.ContractViolation):
        cr.Community.replay([])
    with pytest.raises(cr.TextError):
        cr.Community.from_journal(cr.Campaign.launch(PRESALE).journal())


def test_a_copy_goes_its_own_way():
    community = on_sale()
    what_if = copy.copy(community)
    assert what_if == community == copy.deepcopy(community)
    what_if.perform(cr.EndProduct(1, decided_by=STAFF), at=day(60))
    assert what_if != community
    assert community.product(1)["stage"] is cr.ProductStage.on_sale
    with pytest.raises(TypeError):
        hash(community)


def test_what_it_answers_is_a_value():
    community = sold()
    settle(community, day(100))
    for value in (community.statement(), community.member(1), community.influence(1),
                  community.rights(1), community.custody(1, "title"), community.events):
        again = pickle.loads(pickle.dumps(value))
        assert again == value and hash(again) == hash(value) and copy.deepcopy(value) == value
    assert repr(community).startswith("<Community 'Sample', 4 members, ")
    assert "royalties" in community._repr_html_() and "<table>" in community.member(1)._repr_html_()
    assert "40%" in community.influence(1)._repr_html_()
    assert "Royalties" in str(community)
    assert '"royalties"' in community.report_json()
    assert "Lamp" in community.report()


def test_its_page_is_written(tmp_path):
    sold().report(html=tmp_path / "lamp.html")
    assert "Lamp" in (tmp_path / "lamp.html").read_text(encoding="utf-8")


# ---------------------------------------------------------------------------------------------------- packs and stories


def test_a_pack_makes_terms_or_says_what_is_missing():
    story = cr.community(QUIRKY)
    pack = cr.load_pack("quirky")
    assert pack.kind is cr.PackKind.community
    company = story.terms.rights.company
    draft = dict(title="Fifteen votes in 2012", currency="USD", company=company, channels=["direct", "indirect"],
                 payouts_from="2012-05-10T00:00:00Z", through="2012-05-20")
    with pytest.raises(cr.FindingsError) as refusal:
        pack.community_terms("2012-05-10", **draft)
    missing = {finding.rule for finding in refusal.value.findings}
    assert {"evaluation.weight", "influence.unclaimed", "royalty.rounding"} <= missing
    draft["given"] = {
        "submission.refunded_when_infeasible": False, "evaluation.weight": {"by": "inverse"},
        "evaluation.tie_break": "earlier_submission", "evaluation.selection": {"by": "top", "count": 1},
        "evaluation.rating": "none", "influence.unclaimed": {"to": "to_payee", "payee": "company"},
        "rights.return_window": "none", "royalty.rounding": "half_even", "payouts.every": "3 months",
        "payouts.minimum": {"amount": "10.00", "rule": "at_least"}, "payouts.hold": "0 days", "payouts.fee": "none",
        "royalty.rate.indirect": {"tiers": [{"rate": "10%"}]}}
    made = pack.community_terms("2012-05-10", **draft)
    for part in ("submission", "evaluation", "influence", "rights", "payouts"):
        assert getattr(made, part) == getattr(story.terms, part)
    assert made.evaluation.budget == cr.VoteBudget("each_round", 15)
    assert made.citation_of("evaluation.budget").source
    cr.Community.found(made, at="2012-05-10T00:00:00Z")
    with pytest.raises(cr.FindingsError):
        pack.with_("evaluation.budget", {"per": "each_round", "votes": 0}).community_terms("2012-05-10", **draft)
    with pytest.raises(TypeError, match="no field 'chanels'"):
        pack.community_terms("2012-05-10", chanels=[], **draft)
    with pytest.raises(TypeError, match="floating point"):
        pack.community_terms("2012-05-10", **{**draft, "given": {"payouts.minimum": 1.5}})
    with pytest.raises(cr.FindingsError):
        cr.load_pack("kickstarter").community_terms("2012-05-10", **draft)


def test_a_story_is_a_value_and_can_be_played_under_other_terms():
    story = cr.community(QUIRKY)
    told = []
    play = story.play(progress=lambda done, all_: told.append((done, all_)))
    assert play.as_expected and told
    assert play.refusals[0].code is Code.votes_used_up and play.refusals[0].expected
    assert cr.Community.replay(play.events) == play.community
    assert pickle.loads(pickle.dumps(story)) == story
    assert pickle.loads(pickle.dumps(play)) == play
    budget = story.terms.evaluation.budget.with_(votes=16)
    freer = story.with_terms(story.terms.with_(evaluation=story.terms.evaluation.with_(budget=budget)))
    assert freer != story and freer.play().refusals == ()

    def stop(done, all_):
        raise RuntimeError("enough")
    with pytest.raises(RuntimeError, match="enough"):
        story.play(progress=stop)


def test_a_story_with_faults_tells_them_all():
    with pytest.raises(cr.FindingsError) as refusal:
        cr.parse_community("timeline = [{ at = 1 }]\n[community]\ncolour = 'red'\n", "bad.toml")
    assert len(refusal.value.findings) > 1
    assert {finding.where.source for finding in refusal.value.findings} == {"bad.toml"}


def test_influence_of_its_own():
    buckets = cr.InfluenceTerms([cr.Bucket("inventor", "40%"), cr.Bucket("voters", "60%", "votes")],
                                unclaimed=cr.UnclaimedPolicy("to_other_buckets"))
    assert buckets.defects == ()
    influence = cr.Influence(buckets, {"inventor": [cr.Claim(1)]})
    assert [(share.payee, share.weight) for share in influence.shares] == [(1, influence.whole)]
    parts = cr.share_once(cr.Influence(buckets, {"inventor": [cr.Claim(1)], "voters": [cr.Claim(2)]}).split(),
                          usd("1.00")).parts
    assert [str(part.amount) for part in parts] == ["0.40 USD", "0.60 USD"]
    with pytest.raises(cr.FindingsError):
        cr.Influence(buckets, {"nobody's": [cr.Claim(1)]})
    with pytest.raises(cr.FindingsError):
        cr.Influence(buckets.with_(buckets=[cr.Bucket("inventor", "95%")]), {})


# ------------------------------------------------------------------------------------------------------ whatever comes

few = st.integers(0, 4)
texts = st.sampled_from(["", STAFF])
phase = st.sampled_from(["evaluation", "naming", "presale", "nothing"])
amounts = st.integers(-100, 100_000).map(lambda minor: cr.Money(minor=minor, currency="USD"))
commands = st.one_of(
    st.builds(cr.JoinCommunity, few), st.builds(cr.LeaveCommunity, few), st.builds(cr.HandInIdea, few, few),
    st.builds(cr.WithdrawIdea, few, few), st.builds(cr.ScreenOutIdea, idea=few, decided_by=texts),
    st.builds(cr.NameSimilarIdea, few, few, texts), st.builds(cr.DeclineIdea, idea=few, decided_by=texts),
    st.builds(cr.OpenRound, few, st.lists(few, max_size=3), st.integers(0, 40).map(day), texts),
    st.builds(cr.CastVote, few, few, few), st.builds(cr.TakeBackVote, few, few, few),
    st.builds(cr.RateIdea, few, few, few, texts, few),
    st.builds(cr.AcceptIdea, idea=few, staff_pick=st.booleans(), phases=st.sampled_from([PHASES, PHASES[:1], []]),
              decided_by=texts),
    st.builds(cr.OpenPhase, product=few, phase=phase, round=st.none() | few, decided_by=texts),
    st.builds(cr.Contribute, few, few, phase, few),
    st.builds(cr.PickWinners, few, phase, st.lists(st.builds(cr.PickedWinner, few), max_size=2), texts),
    st.builds(cr.ClosePhase, few, phase, texts),
    st.builds(cr.CreditMembers, few, st.sampled_from(["buyers", "voters"]),
              st.lists(st.builds(cr.Claim, few, few, few), max_size=2), texts),
    st.builds(cr.OpenPresale, few, st.just(PRESALE), st.sampled_from(["", "buyers"]), texts),
    st.builds(cr.ActOnPresale, few, st.builds(cr.MakePledge, few, few, reward=few, amount=amounts)
              | st.builds(cr.RecordCharge, few)),
    st.builds(cr.ReportProductReady, few, texts), st.builds(cr.StartSales, few, texts),
    st.builds(cr.RecordSale, few, few, st.sampled_from(["direct", "nowhere"]), st.integers(0, 60).map(
        lambda number: day(number).date()), st.integers(-1, 9), amounts),
    st.builds(cr.RecordReturn, few, st.integers(-1, 9), amounts),
    st.builds(cr.EndProduct, product=few, decided_by=texts),
    st.builds(cr.AbandonProduct, product=few, decided_by=texts), st.builds(cr.ReacquireIdea, few, few, amounts),
    st.builds(cr.RaiseProductClaim, few, few, texts, texts, texts), st.builds(cr.DismissClaim, few, texts, texts),
    st.builds(cr.UpholdClaim, few, texts, texts), st.builds(cr.PayRoyalty, few, st.booleans()))
BEGINNINGS = [founded(), accepted(), on_sale(), sold()]


@settings(max_examples=150)
@given(beginning=st.sampled_from(BEGINNINGS),
       acts=st.lists(st.tuples(st.integers(0, 30), commands), min_size=1, max_size=25))
def test_whatever_is_asked_is_done_or_refused(beginning, acts):
    community = copy.copy(beginning)
    at = community.events[-1].at
    for days, command in acts:
        at += datetime.timedelta(days=days)
        community.advance(at)
        before = copy.copy(community)
        try:
            community.perform(command, at=at)
        except cr.Rejected as refusal:
            assert isinstance(refusal.code, Code) and refusal.facts
            assert community == before
    assert community.check() == ()
    assert sum(community.ledger().values()) == usd("0")
    assert sum(community.statement().holders.values()) == usd("0")
    assert cr.Community.from_journal(community.journal()) == community
    assert pickle.loads(pickle.dumps(community.events)) == community.events
