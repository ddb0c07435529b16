# SPDX-License-Identifier: BSL-1.0
"""Charts, the page for a browser, and what matplotlib draws of them."""
import datetime
import pathlib
import sys

import pytest

import crowdrules as cr

STORIES = pathlib.Path(__file__).resolve().parents[1] / "pages"
MUGS = """
timeline = [
    { at = "launch", pledge = { by = "Anna", amount = "60.00" } },
    { at = "launch + 1 day", pledge = { reward = "<b>Mug</b> $x_1$", count = 8 } },
    { at = "launch + 2 days", cancel = "Anna" },
]
[scenario]
title = "<script>Mugs</script>"
[terms]
currency = "USD"
window = { opens = 2016-06-01T12:00:00Z, closes = 2016-07-01T12:00:00Z }
model = { goal = "60.00" }
rewards = [{ name = "<b>Mug</b> $x_1$", minimum = "10.00", quantity = 10 }]
charges = { retry_window = "7 days" }
payouts = { first_after = "14 days" }
[terms.fees]
platform = { bands = [{ rate = "5%" }], rounding = "half_up" }
processing = { bands = [{ rate = "3%", fixed = "0.20" }], rounding = "half_up" }
"""
SHARES = """
timeline = [
    { on = 2020-06-30, receipt = { amount = "60.00" } },
    { on = 2020-12-31, receipt = { amount = "40.00" } },
]
[plan]
title = "Sixty and forty"
currency = "USD"
[split.all]
shares = { Anna = 60, Ben = 40 }
"""


@pytest.fixture(name="play")
def played():
    return cr.parse_scenario(MUGS).play()


def charts_of(play):
    return [cr.funding_chart(play.campaign), cr.money_chart(play.campaign), cr.outcome_chart(play.campaign),
            cr.payout_chart(play.campaign), cr.reward_chart(play.campaign)]


def test_a_chart_has_its_figures_as_whole_numbers(play):
    chart = cr.funding_chart(play.campaign)
    launch = datetime.datetime(2016, 6, 1, 12, tzinfo=datetime.timezone.utc)
    (name, points, steps), = chart.lines
    assert (name, steps) == ("pledged", True)
    assert points[0] == (launch, 6000)
    assert points[-1] == (launch + datetime.timedelta(days=30), 8000)
    assert chart.levels == (("goal", 6000),)
    assert (chart.unit, chart.decimals) == ("USD", 2)
    money = cr.money_chart(play.campaign)
    assert sum(value for start, _, value in money.links if start == 0) == 14000


def test_every_chart_is_svg_and_a_table_and_names_are_text(play):
    for chart in charts_of(play):
        assert chart.svg().startswith("<svg ") and chart.svg(width=340) != chart.svg()
        assert chart.table().startswith("<table>")
        assert "<b>" not in chart._repr_html_()
        assert "Chart" in repr(chart)
    with pytest.raises(cr.ContractViolation):
        chart.svg(width=10)


def test_charts_of_ones_own_are_checked():
    bars = cr.BarChart("Net", unit="USD", decimals=2, parts=["net", "fees"], bars=[("here", [9500, 500])])
    assert "95.00" in bars.table()
    with pytest.raises(cr.ContractViolation):
        cr.BarChart("Net", unit="USD", decimals=2, parts=["net", "fees"], bars=[("here", [9500])])
    fan = cr.RangeChart("Fan", unit="USD", decimals=2, ranges=[("net", 1, 2, 3, 4, 5)])
    assert "0.03" in fan.table()
    with pytest.raises(cr.ContractViolation):
        cr.RangeChart("Fan", unit="USD", decimals=2, ranges=[("net", 5, 4, 3, 2, 1)])


def test_a_simulation_has_a_fan_of_its_quantiles():
    runs = cr.simulate(cr.parse_scenario(MUGS), runs=50, seed=7, card_failure="20%")
    chart = cr.simulation_chart(runs)
    assert [one[0] for one in chart.ranges] == ["collected", "paid", "net"]
    _, *five = chart.ranges[2]
    assert five == [runs.quantile("net", share).minor for share in ("5%", "25%", "50%", "75%", "95%")]
    assert chart.says.startswith("50 runs of seed 7. In half of them the creator has ")
    assert [one[0] for one in cr.simulation_chart(runs, ["platform_fee"]).ranges] == ["platform fee"]
    with pytest.raises(KeyError, match="platform_fee"):
        cr.simulation_chart(runs, ["charges"])


def test_a_comparison_has_a_bar_for_each_contender():
    both = cr.compare(cr.parse_scenario(MUGS), own="as it is",
                      changes={"8%": {"fees.platform.bands[1].rate": "8%"}, "none": {"fees.platform.nothing": "1"}})
    chart = cr.comparison_chart(both)
    assert [bar[0] for bar in chart.bars] == ["as it is", "8%", "none"]
    assert [bar[1][1] for bar in chart.bars] == [400, 640, 0]
    assert chart.bars[2][3].startswith("no figures: ")


def test_a_report_is_text_and_a_page_whatever_it_is_asked_of(play, tmp_path):
    text = play.report(html=tmp_path / "mugs.html")
    page = (tmp_path / "mugs.html").read_text(encoding="utf-8")
    assert page == cr.html_report(play) == cr.html_report(play.campaign) == cr.html_report(cr.play_story(MUGS))
    assert page.startswith("<!doctype html>") and "<script" not in page
    assert text == play.report() == play.campaign.report() == cr.play_story(MUGS).report()
    assert "doctype" not in text and "paid to the creator" in text
    with pytest.raises(FileNotFoundError):
        play.report(html=tmp_path / "nowhere" / "mugs.html")


def test_figures_of_a_story_are_had_by_name_whatever_its_kind():
    plan = cr.play_story(SHARES)
    assert plan["holders.Anna"] == cr.Money("60.00", "USD")
    assert "all.received" in plan.figure_names()
    assert plan.surprises() == ()
    with pytest.raises(KeyError, match="figure_names"):
        plan["holders.Nobody"]
    assert "Anna" in str(plan.explain("all.payees.Anna"))
    assert [chart.title for chart in plan.charts] == [
        "Where the money went", "Who has what in the end", "all: given so far"]
    community = cr.play(STORIES / "whisk.toml")
    assert community["royalties"] == cr.Money("90.00", "USD")
    assert [chart.title for chart in community.charts] == [
        "Where the money went", "Royalties at each closing", "Royalties so far", "Influence in Whisk",
        "Who held which right when"]
    assert "A whisk that sold for a spring" in cr.html_report(community)
    campaign = cr.play_story(MUGS)
    assert campaign["gross"] == cr.Money("80.00", "USD")
    assert len(campaign.charts) == 5


def test_matplotlib_is_loaded_when_something_is_drawn_and_not_before():
    import subprocess
    told = subprocess.run([sys.executable, "-c", "import sys, crowdrules; print('matplotlib' in sys.modules)"],
                          capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"


def test_everything_can_be_drawn(play):
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("Agg")
    from matplotlib import pyplot
    charts = charts_of(play) + [*cr.play_story(SHARES).charts, *cr.play(STORIES / "whisk.toml").charts] + [
        cr.BarChart("None", unit="USD", decimals=2, parts=["net"], bars=[]),
        cr.BarChart("Below zero", unit="JPY", decimals=0, parts=["a", "b"], bars=[("x", [-5, 2**62])]),
        cr.RangeChart("Fan", unit="USD", decimals=2, ranges=[("net", -5, 2, 3, 4, 5)])]
    for chart in charts:
        axes = chart.plot()
        axes.figure.canvas.draw()
        assert axes.get_title(loc="left") == chart.title
        pyplot.close(axes.figure)
    _, axes = pyplot.subplots()
    assert play.plot("money", axes) is axes
    assert cr.simulate(cr.parse_scenario(MUGS), runs=5, seed=1, card_failure="20%").plot(["net"]) is not None
    assert cr.compare(cr.parse_scenario(MUGS), changes={"8%": {"fees.platform.bands[1].rate": "8%"}}).plot() is not None
    assert play.campaign.plot("rewards") is not None
    pyplot.close("all")
    with pytest.raises(ValueError, match="funding, money"):
        play.plot("pie")
    with pytest.raises(TypeError):
        cr.plots.draw("a campaign")


def test_amounts_are_written_as_people_write_them():
    assert cr.plots.number(1026684500, 2) == "10,266,845.00"
    assert cr.plots.number(-395500, 0) == "\N{MINUS SIGN}395,500"
