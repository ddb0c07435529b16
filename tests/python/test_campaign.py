# SPDX-License-Identifier: BSL-1.0
"""A campaign's life from Python: commands, refusals, agenda, books, journal; rule packs; scenarios."""
import copy
import gc
import os
import pathlib
import pickle
import threading

import pytest

import crowdrules as cr

TOP = pathlib.Path(__file__).resolve().parents[2]
PEBBLE = TOP / "examples" / "pebble_2012.toml"
STORIES = sorted((TOP / "tests" / "scenarios").glob("**/*.toml"))


def usd(text):
    return cr.Money(text, "USD")


def watch_terms(**changes):
    return cr.Terms(
        currency="USD", title="A watch", model=cr.FundingModel.all_or_nothing(usd("300.00")),
        window=cr.Window("2026-11-01T08:00:00Z", "2026-12-01T08:00:00Z"),
        rewards=[cr.Reward("Early bird", minimum=9900, quantity=2), cr.Reward("The watch", minimum=11500)],
        charges=cr.ChargePlan(retry_window="7 days"),
        fees=cr.CampaignFees(
            platform=cr.FeeSchedule("platform fee", [cr.FeeBand(rate="5%")], rounding="half_even"),
            processing=cr.FeeSchedule("processing fee", [cr.FeeBand(rate="3%", fixed=20)], rounding="half_even")),
    ).with_(**changes)


def played_watch():
    campaign = cr.Campaign.launch(watch_terms())
    opened = campaign.terms.window.opens
    for number in (1, 2, 3):
        reward, amount = (2, "115.00") if number == 3 else (1, "99.00")
        campaign.perform(cr.MakePledge(number, number, reward=reward, amount=usd(amount)), at=opened)
    campaign.advance(campaign.terms.window.closes)
    for due in campaign.agenda():
        if due.kind is cr.DueKind.charge:
            campaign.perform(cr.RecordCharge(due.pledge), at=due.at)
    return campaign


def test_a_campaign_is_played_to_the_cent():
    campaign = played_watch()
    statement = campaign.statement()
    assert str(statement.to_pay) == "287.36 USD"
    assert statement["platform_fee"] == statement.platform_fee == usd("15.65")
    assert dict(statement)["collected"] == usd("313.00")
    assert statement.collected_count == 3
    assert campaign.phase is cr.Phase.succeeded
    assert sum(campaign.ledger().values()) == usd("0")
    assert sum(statement.holders.values()) == usd("0")
    for entry in campaign.entries():
        assert sum(posting.amount.minor for posting in entry) == 0
    assert campaign.check() == ()
    assert campaign.explain("platform_fee").from_[0].figure == "fee_base"
    assert "15.65" in statement._repr_html_() and "<table>" in statement._repr_html_()
    assert "5%" in campaign.explain("platform_fee")._repr_html_()


def test_what_the_provider_reports_is_booked():
    campaign = cr.Campaign.launch(watch_terms(payouts=cr.PayoutPlan(first_after="14 days"),
                                              disputes=cr.DisputePolicy(fee=1500)))
    opened, closes = campaign.terms.window.opens, campaign.terms.window.closes
    campaign.perform(cr.MakePledge(1, 1, reward=2, amount=usd("400.00")), at=opened)
    charge = cr.RecordCharge(1, amount=usd("390.00"), fee=usd("12.00"), reference="ch_1", method="card")
    campaign.perform(charge, at=closes)
    with pytest.raises(cr.Rejected) as refused:
        campaign.perform(charge, at=closes)
    assert refused.value.code is cr.RejectionCode.reference_already_reported
    statement = campaign.statement()
    assert (statement.processing_fee, statement["fee_difference"]) == (usd("12.00"), usd("0.10"))
    assert statement.given_up == usd("10.00")
    (due,) = campaign.agenda()
    campaign.perform(cr.PayOut(0, reference="po_1"), at=due.at)
    campaign.perform(cr.ReturnPayout(0, reason="account_closed"), at=due.at)
    assert campaign.events[-1].kind == "payout_returned"
    assert campaign.statement().paid == usd("0") and campaign.statement().to_pay == due.amount
    campaign.perform(cr.OpenDispute(1, "reward", amount=usd("90.00")), at=due.at)
    campaign.perform(cr.PayOut(1), at=due.at)
    assert campaign.statement().payouts[1].recouped == 10500
    campaign.perform(cr.CloseDispute(1, won=True, fee_returned=usd("15.00")), at=due.at)
    assert campaign.statement().to_pay == usd("105.00")
    assert campaign.check() == ()


def test_a_refusal_says_everything_and_changes_nothing():
    campaign = cr.Campaign.launch(watch_terms())
    opened = campaign.terms.window.opens
    for number in (1, 2):
        campaign.perform(cr.MakePledge(number, number, reward=1, amount=usd("99.00")), at=opened)
    before = copy.copy(campaign)
    for act in (campaign.decide, campaign.perform):
        with pytest.raises(cr.Rejected) as refusal:
            act(cr.MakePledge(3, 3, reward=1, amount=usd("99.00")), at=opened)
        error = refusal.value
        assert error.code is cr.RejectionCode.reward_sold_out
        assert error.facts == "2 of 2 'Early bird' are taken"
        assert (error.accepted, error.rule) == ("another reward, or none", "rewards.quantity")
        assert error.citation.evidence is cr.Evidence.agreed
        assert pickle.loads(pickle.dumps(error)).code is error.code
        assert campaign == before
    with pytest.raises(cr.Rejected) as refusal:
        campaign.perform(cr.MakePledge(3, 3, reward=2, amount=cr.Money("200", "EUR")), at=opened)
    assert campaign == before


def test_a_command_with_an_id_may_be_sent_twice():
    campaign = cr.Campaign.launch(watch_terms())
    pledge = cr.MakePledge(1, 1, reward=2, amount=usd("115.00"))
    at = campaign.terms.window.opens
    assert len(campaign.perform(pledge, at=at, id=5)) == 1
    assert campaign.perform(pledge, at=at, id=5) == ()
    with pytest.raises(cr.Rejected):
        campaign.perform(pledge.with_(amount=usd("116.00")), at=at, id=5)


def test_a_campaign_is_its_events():
    campaign = played_watch()
    assert cr.Campaign.replay(campaign.events) == campaign
    assert cr.Campaign.from_journal(campaign.journal()) == campaign
    assert cr.read_journal(cr.write_journal(campaign.events)) == campaign.events
    assert pickle.loads(pickle.dumps(campaign)) == campaign
    assert pickle.loads(pickle.dumps(campaign.events)) == copy.deepcopy(campaign.events) == campaign.events
    assert [event.kind for event in campaign][:2] == ["campaign_launched", "pledge_made"]
    assert campaign.events[1].amount == 9900
    with pytest.raises(AttributeError):
        campaign.events[1].colour
    altered = campaign.journal().replace('"amount":"99.00"', '"amount":"98.00"', 1)
    with pytest.raises(cr.TextError) as refusal:
        cr.Campaign.from_journal(altered, "watch.jsonl")
    assert (refusal.value.source, refusal.value.line) == ("watch.jsonl", 3)
    with pytest.raises(cr.ContractViolation):
        cr.Campaign.replay([])


def test_terms_with_defects_are_not_launched():
    terms = watch_terms(rewards=[cr.Reward("")])
    assert [finding.kind for finding in terms.defects] == [cr.FindingKind.forbidden]
    with pytest.raises(cr.ContractViolation):
        cr.Campaign.launch(terms)
    assert cr.Terms.from_json(watch_terms().to_json()) == watch_terms()


def test_a_pack_makes_terms_or_says_which_rules_forbid_them():
    pack = cr.load_pack("kickstarter")
    draft = dict(title="A watch", country="US", currency="USD", goal=100_000_00)
    month = cr.Window("2012-04-11T07:00:00Z", "2012-05-11T07:00:00Z")
    with pytest.raises(cr.FindingsError) as refusal:
        pack.campaign_terms("2012-04-11", window=month, **draft)
    kinds = [finding.kind for finding in refusal.value.findings]
    assert kinds == [cr.FindingKind.missing, cr.FindingKind.remark]  # assumptions would fill it
    draft["given"] = {"fees.processing.rounding": "half_even"}
    terms = pack.campaign_terms("2012-04-11", window=month, **draft)
    assert terms.model.needed == 100_000_00
    assert terms.citation_of("window.days").evidence is cr.Evidence.official
    with pytest.raises(cr.FindingsError) as refusal:
        pack.campaign_terms("2012-04-11", window=month.with_(closes="2012-07-11T07:00:00Z"), **draft)
    assert [finding.rule for finding in refusal.value.findings] == ["window.days"]
    shorter = pack.with_("window.days", {"minimum": "1 day", "maximum": "10 days"})
    with pytest.raises(cr.FindingsError):
        shorter.campaign_terms("2012-04-11", window=month, **draft)
    with pytest.raises(TypeError, match="no field 'gaol'"):
        pack.campaign_terms("2012-04-11", window=month, gaol=1, **draft)
    with pytest.raises(cr.FindingsError):
        cr.load_pack("no such pack")
    with pytest.raises(TypeError, match="floating point"):
        pack.with_("window.days", 1.5)
    with pytest.raises(TypeError, match="a value as files have it"):
        pack.with_("fees.platform", cr.FeeBand(rate="6%"))
    with pytest.raises(cr.FindingsError, match="accepted: a table with minimum, maximum"):
        pack.with_("window.days", "10 days")
    with pytest.raises(cr.FindingsError, match=r"'window' is no parameter of a pack; accepted: .*window.days"):
        pack.with_("window", "10 days")


def test_every_parameter_of_packs_is_named_with_what_its_values_look_like():
    for kind in cr.PackKind:
        parameters = cr.pack_parameters(kind)
        assert parameters and all(parameters.values())
        for row in (row for name in cr.pack_names() if (pack := cr.load_pack(name)).kind is kind for row in pack.rows):
            assert row["parameter"] in parameters


@pytest.mark.parametrize("path", [PEBBLE, *STORIES], ids=lambda path: path.stem)
def test_what_the_program_checks_python_checks_from_the_same_file(path):
    result = cr.check(path)
    assert result, result.problems


def test_pebble_is_played_explained_and_replayed():
    pebble = cr.scenario(PEBBLE)
    told = []
    play = pebble.play(progress=lambda done, all_: told.append(done))
    assert play.as_expected and play.surprises() == ()
    assert str(play.statement().gross) == "10,266,845.00 USD"
    assert play.statement().gross_count == 68_929
    assert told and told == sorted(told)
    assert play.campaign.statement() == play.statement()


def test_what_a_progress_callback_raises_ends_the_play():
    def stop(done, all_):
        raise RuntimeError("enough")
    with pytest.raises(RuntimeError, match="enough"):
        cr.scenario(PEBBLE).play(progress=stop)


def test_other_threads_run_during_a_play_and_one_scenario_serves_many():
    pebble = cr.scenario(PEBBLE)
    plays = []
    threads = [threading.Thread(target=lambda: plays.append(pebble.play().statement())) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert plays[0] == plays[1] == plays[2]


def test_a_file_with_faults_tells_them_all(tmp_path):
    path = tmp_path / "bad.toml"
    path.write_text("title = 1\nnothing = 2\n")
    with pytest.raises(cr.FindingsError) as refusal:
        cr.scenario(path)
    assert len(refusal.value.findings) > 1
    assert {finding.where.source for finding in refusal.value.findings} == {os.fspath(path)}


def test_nothing_is_leaked_over_many_calls():
    def round_trip():
        terms = watch_terms()
        for _ in range(50):
            terms.with_(title="x").rewards[0].minimum
            with pytest.raises(TypeError):
                cr.Reward("x", minimum=1.5)
            with pytest.raises(cr.TextError):
                cr.Money("x", "USD")
        played_watch().statement().explain("paid")
    round_trip()
    gc.collect()
    before = len(gc.get_objects())
    for _ in range(5):
        round_trip()
    gc.collect()
    assert len(gc.get_objects()) - before < 50
