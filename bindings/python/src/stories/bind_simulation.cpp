// SPDX-License-Identifier: BSL-1.0
// Simulation: campaigns and plans of revenue many times over, with what is uncertain drawn by chance. What people call
// is in crowdrules/_simulate.py.
#include <crowdrules/analysis/simulate.hpp>
#include <crowdrules/analysis/simulate_plan.hpp>
#include <crowdrules/protocol/journal.hpp>

#include "columns/column.hpp"
#include "pack_files.hpp"
#include "described.hpp"
#include "interpreter.hpp"
#include "progress_callback.hpp"
#include <algorithm>
#include <limits>
#include <map>
#include <protocol/chain.hpp>

namespace crowdrules::detail {

inline void describe(Fields& v, PledgeChances& chances) {
    v("cancellation", chances.cancellation);
    v("card_failure", chances.card_failure);
    v("mended", chances.mended);
    v("refund", chances.refund);
    v("refund_after_payout", chances.refund_after_payout);
    v("fraud_dispute", chances.fraud_dispute);
    v("reward_dispute", chances.reward_dispute);
}

}  // namespace crowdrules::detail

namespace crowdrules::python {
namespace {

/// Between two looks at Ctrl-C at most so many pledges are drawn, or one run: some hundredths of a second.
constexpr std::uint64_t pledges_between = 4'000'000;
constexpr std::uint64_t most_runs_between = 4'096;

Odds odds_of(const py::iterable& given) {
    Odds odds;
    for (const py::handle line : given) {
        const auto parts = py::cast<py::tuple>(line);
        if (parts.size() != 3)
            raise_value_error("odds are lines of (from, to, weight), not " + std::string(py::repr(line)));
        OddsLine& added = odds.emplace_back();
        read(parts[0], added.from);
        read(parts[1], added.to);
        read(parts[2], added.weight);
    }
    return odds;
}

DrawnPledges drawn_of(const py::iterable& backers, const py::iterable& offers, Currency currency) {
    DrawnPledges drawn;
    drawn.count = odds_of(backers);
    for (const py::handle offer : offers) {
        const auto parts = py::cast<py::tuple>(offer);
        if (parts.size() != 2)
            raise_value_error("offers are pairs of an amount and a share, not " + std::string(py::repr(offer)));
        Money amount = Money::zero(currency);
        Decimal share;
        read(parts[0], amount);
        if (amount.currency() != currency) raise_value_error("an offer of another currency: " + to_text(amount));
        read(parts[1], share);
        drawn.offers.push_back({amount.minor(), share});
    }
    return drawn;
}

// ---------------------------------------------------------------------------------------------------------------- rows

/// One column of `rows` values, each got from a row.
template <class Row, class Get>
OwnedColumn numbers_of(const std::vector<Row>& rows, std::string name, std::optional<Currency> currency, Get get) {
    const auto values = std::make_shared<Memory<std::int64_t>>(rows.size());
    std::ranges::transform(rows, values->values, get);
    return {std::move(name), OwnedColumn::Numbers{values}, currency};
}
template <class Row, class Get>
OwnedColumn names_of(const std::vector<Row>& rows, std::string name, std::vector<std::string> names, Get get) {
    const auto codes = std::make_shared<Memory<std::int8_t>>(rows.size());
    std::ranges::transform(rows, codes->values, get);
    return names_column(std::move(name), codes, std::move(names));
}

std::vector<std::string> fate_names() {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < campaign::pledge_fate_count; ++i)
        names.emplace_back(to_text(static_cast<campaign::PledgeFate>(i)));
    return names;
}

/// One row for each run.
Frame frame_of_runs(const std::vector<SimulatedRun>& runs, Currency currency) {
    Frame frame{{}, runs.size()};
    frame.columns.push_back(
        numbers_of(runs, "run", {}, [](const SimulatedRun& run) { return static_cast<std::int64_t>(run.run); }));
    frame.columns.push_back(
        names_of(runs, "outcome", {"succeeded", "goal_missed", "failed"}, [](const SimulatedRun& run) {
            return static_cast<std::int8_t>(!run.succeeded ? 2 : run.goal_missed ? 1 : 0);
        }));
    const std::vector<std::string> fates = fate_names();
    for (std::size_t i = 0; i < campaign::pledge_fate_count; ++i)
        frame.columns.push_back(numbers_of(runs, "pledges_" + fates[i], {}, [i](const SimulatedRun& run) {
            return static_cast<std::int64_t>(run.fates[i]);
        }));
    for (std::size_t i = 0; i < simulated_figure_count; ++i) {
        const auto figure = static_cast<SimulatedFigure>(i);
        frame.columns.push_back(numbers_of(runs, std::string(to_text(figure)),
                                           is_count(figure) ? std::nullopt : std::optional(currency),
                                           [i](const SimulatedRun& run) { return run.figures[i]; }));
    }
    return frame;
}

/// What a holder has, as whole minor units.
std::int64_t minor_units(const Decimal& amount, Currency currency, const std::string& holder, std::uint64_t run) {
    const auto fits = [](Int128 number) { return number == static_cast<std::int64_t>(number); };
    Int128 units = amount.coefficient();
    for (unsigned scale = amount.scale(); scale < currency.digits() && fits(units); ++scale) units *= 10;
    if (amount.scale() > currency.digits())
        raise_value_error("in run " + std::to_string(run) + " " + holder + " has " + to_text(amount) + " " +
                          std::string(currency.code()) +
                          ", which is no whole number of minor units; give what the plan's lines earn in whole ones");
    if (!fits(units))
        raise_value_error("in run " + std::to_string(run) + " " + holder + " has more than 64 bits of minor units");
    return static_cast<std::int64_t>(units);
}

Frame frame_of_runs(const std::vector<PlanRun>& runs, Currency currency) {
    Frame frame{{}, runs.size()};
    frame.columns = {
        numbers_of(runs, "run", {}, [](const PlanRun& run) { return static_cast<std::int64_t>(run.run); }),
        numbers_of(runs, "sold", {}, [](const PlanRun& run) { return run.sold; }),
        numbers_of(runs, "returned", {}, [](const PlanRun& run) { return run.returned; }),
        numbers_of(runs, "refusals", {}, [](const PlanRun& run) { return static_cast<std::int64_t>(run.refusals); })};
    // In order of their names, so that the columns do not depend on which run is the first.
    std::map<std::string, std::shared_ptr<Memory<std::int64_t>>> holders;
    for (std::size_t row = 0; row < runs.size(); ++row)
        for (const auto& [holder, amount] : runs[row].holders) {
            auto& values = holders[holder];
            if (!values) {
                values = std::make_shared<Memory<std::int64_t>>(runs.size());
                std::ranges::fill(values->span(), 0);
            }
            values->values[row] = minor_units(amount, currency, holder, runs[row].run);
        }
    for (const auto& [holder, values] : holders)
        frame.columns.push_back({"holders." + holder, OwnedColumn::Numbers{values}, currency});
    return frame;
}

/// Rows `first` to `first + count - 1` of `make(first, count)` in steps of a few, telling `progress` after each. Other
/// threads of Python run meanwhile.
template <class Make>
auto in_steps(std::uint64_t first, std::uint64_t count, std::uint64_t step, const py::object& progress,
              const Make& make) {
    constexpr auto most = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    if (first > most || count > most - first) raise_value_error("runs are numbered from 0 to 2**63 - 1");
    const Released released;
    const PlayProgress tell = progress_callback(progress);
    decltype(make(first, count)) rows;
    for (std::uint64_t done = 0; done < count;) {
        const std::uint64_t now = std::min(step, count - done);
        std::ranges::move(make(first + done, now), std::back_inserter(rows));
        tell(done += now, count);
    }
    return rows;
}

std::uint64_t most_pledges(const CampaignSimulation& simulation) {
    if (const auto* given = std::get_if<std::vector<std::int64_t>>(&simulation.plan().pledges)) return given->size();
    std::int64_t most = 0;
    for (const OddsLine& line : std::get<DrawnPledges>(simulation.plan().pledges).count) most = std::max(most, line.to);
    return static_cast<std::uint64_t>(most);
}

std::string text_of(const Odds& odds) {
    std::string text;
    for (const OddsLine& line : odds)
        text += std::to_string(line.from) + ' ' + std::to_string(line.to) + ' ' + std::to_string(line.weight) + '\n';
    return text;
}

/// 64 hexadecimal digits that differ for simulations that differ in anything but their seed and runs.
std::string fingerprint_of_campaign(const CampaignSimulation& simulation) {
    const CampaignPlan& plan = simulation.plan();
    crowdrules::detail::Chain chain;
    chain.add(to_json(plan.terms));
    std::string chances;
    const PledgeChances& c = plan.chances;
    for (const Decimal* chance : {&c.cancellation, &c.card_failure, &c.mended, &c.refund, &c.refund_after_payout,
                                  &c.fraud_dispute, &c.reward_dispute})
        chances += to_text(*chance) + ' ';
    chain.add(chances);
    if (const auto* given = std::get_if<std::vector<std::int64_t>>(&plan.pledges))
        return chain.add({reinterpret_cast<const char*>(given->data()), given->size() * sizeof(std::int64_t)});
    const auto& drawn = std::get<DrawnPledges>(plan.pledges);
    std::string offers;
    for (const PledgeOffer& offer : drawn.offers)
        offers += std::to_string(offer.amount) + ' ' + to_text(offer.share) + '\n';
    chain.add("drawn\n" + text_of(drawn.count));
    return chain.add(offers);
}

Frame campaign_runs(const CampaignSimulation& self, std::uint64_t seed, std::uint64_t first, std::uint64_t count,
                    const py::object& progress) {
    const std::uint64_t step = pledges_between / std::max<std::uint64_t>(1, most_pledges(self)) + 1;
    const auto runs = in_steps(first, count, std::min(step, most_runs_between), progress,
                               [&](std::uint64_t from, std::uint64_t some) { return self.runs(seed, from, some); });
    return frame_of_runs(runs, self.plan().terms.currency);
}

/// A simulation of a plan, and the currency that its holders' amounts are in.
struct SimulatedPlan {
    PlanSimulation simulation;
    Currency currency;
    std::string fingerprint;
};

SimulatedPlan simulated(const RevenuePlan& plan, const py::iterable& given, const Decimal& returns) {
    Odds demand = odds_of(given);
    crowdrules::detail::Chain chain;
    chain.add(plan.terms);
    for (const PlanLine& line : plan.timeline) chain.add(to_text(line.on) + ' ' + line.text);
    std::string fingerprint = chain.add(text_of(demand) + to_text(returns));
    return {unwrap(PlanSimulation::of(plan, {std::move(demand), returns})), plan.currency, std::move(fingerprint)};
}

Frame plan_runs(const SimulatedPlan& self, std::uint64_t seed, std::uint64_t first, std::uint64_t count,
                const py::object& progress) {
    const auto runs = in_steps(first, count, 16, progress, [&](std::uint64_t from, std::uint64_t some) {
        auto made = self.simulation.runs(seed, from, some);
        const Held held;  // for the exception
        return unwrap(std::move(made));
    });
    return frame_of_runs(runs, self.currency);
}

Frame frame_of_pledges(const std::vector<SimulatedPledge>& pledges, Currency currency) {
    Frame frame{{}, pledges.size()};
    frame.columns.push_back(
        numbers_of(pledges, "amount", currency, [](const SimulatedPledge& pledge) { return pledge.amount; }));
    frame.columns.push_back(names_of(pledges, "fate", fate_names(), [](const SimulatedPledge& pledge) {
        return static_cast<std::int8_t>(pledge.fate);
    }));
    return frame;
}

void bind_campaign_simulation(py::module_& m) {
    bind_described<PledgeChances>(m, "PledgeChances",
                                  "What may become of a pledge, as shares of 0 to 1 with at most 6 decimals.");
    py::class_<CampaignSimulation>(m, "CampaignSimulation",
                                   R"(A campaign that is ready to be simulated; `simulate` makes one and runs it.

It knows the terms, the pledges and what may become of them. Any run can be had alone: run 7 of seed 1 is the same on
every machine. One simulation may be used by many threads at once.
)")
        .def_static(
            "of_scenario",
            [](const Scenario& scenario, const PledgeChances& chances) {
                Result<CampaignPlan, Findings> plan = [&] {
                    const Released released;
                    return plan_of(scenario);
                }();
                CampaignPlan sound = unwrap(std::move(plan));
                sound.chances = chances;
                return unwrap(CampaignSimulation::of(std::move(sound)));
            },
            py::arg("scenario"), py::arg("chances"), "The pledges of a scenario that stand when its campaign closes.")
        .def_static(
            "of_pledges",
            [](const campaign::Terms& terms, const py::object& pledges, const PledgeChances& chances) {
                WholeNumbers amounts = whole_numbers(pledges, {.name = "pledges", .money = terms.currency});
                const auto all = amounts.whole();
                return unwrap(CampaignSimulation::of(
                    {.terms = terms, .pledges = std::vector(all.begin(), all.end()), .chances = chances}));
            },
            py::arg("terms"), py::arg("pledges"), py::arg("chances"),
            "Given pledges: a column of minor units, which is copied.")
        .def_static(
            "of_offers",
            [](const campaign::Terms& terms, const py::iterable& backers, const py::iterable& offers,
               const PledgeChances& chances) {
                return unwrap(CampaignSimulation::of(
                    {.terms = terms, .pledges = drawn_of(backers, offers, terms.currency), .chances = chances}));
            },
            py::arg("terms"), py::arg("backers"), py::arg("offers"), py::arg("chances"),
            "Pledges that are drawn too: `backers` as (from, to, weight), `offers` as (Money, share).")
        .def_property_readonly(
            "terms", [](const CampaignSimulation& self) { return self.plan().terms; }, "The terms that are settled by.")
        .def_property_readonly(
            "chances", [](const CampaignSimulation& self) { return self.plan().chances; },
            "What may become of its pledges.")
        .def_property_readonly("fingerprint", &fingerprint_of_campaign,
                               "64 hexadecimal digits that differ for simulations that differ in terms, pledges or "
                               "chances.")
        .def_property_readonly("most_pledges", &most_pledges, "The most pledges that a run may have.")
        .def("runs", &campaign_runs, py::arg("seed"), py::arg("first"), py::arg("count"),
             py::arg("progress") = py::none(),
             "Runs `first` to `first + count - 1`, one row each. Other threads run meanwhile; Ctrl-C stops it.")
        .def(
            "pledges",
            [](const CampaignSimulation& self, std::uint64_t seed, std::uint64_t run) {
                const auto pledges = [&] {
                    const Released released;
                    return self.pledges(seed, run);
                }();
                return frame_of_pledges(pledges, self.plan().terms.currency);
            },
            py::arg("seed"), py::arg("run"), "The pledges of one run: the amount and the fate of each.")
        .def("__repr__", [](const CampaignSimulation& self) {
            return "<CampaignSimulation of up to " + std::to_string(most_pledges(self)) + " pledges>";
        });
}

void bind_plan_simulation(py::module_& m) {
    py::class_<RevenuePlan>(m, "RevenuePlan",
                            "An income that is shared, as a file tells it: who is promised what, and "
                            "what happens when. `plan` and `parse_plan` read one.")
        .def_readonly("title", &RevenuePlan::title, "What it is called.")
        .def_readonly("source", &RevenuePlan::source, "Where its figures were published.")
        .def_readonly("currency", &RevenuePlan::currency, "What its amounts are in.")
        .def("__repr__", [](const RevenuePlan& self) {
            return "<RevenuePlan " + std::string(py::repr(py::str(self.title))) + ": " +
                   std::to_string(self.parts.size()) + " parts, " + std::to_string(self.timeline.size()) + " lines>";
        });
    m.def(
        "parse_plan",
        [](const std::string& text, const std::string& source) {
            return unwrap(parse_plan(text, source, files_beside(source)));
        },
        py::arg("text"), py::arg("source") = "",
        "Reads a plan of revenue from the text of its file. Raises FindingsError with everything that is wrong, each "
        "with line and column.");
    py::class_<SimulatedPlan>(m, "PlanSimulation",
                              R"(A plan of revenue that is ready to be simulated; `simulate` makes one and runs it.

`demand` is how many thousandths of what a line expects are sold, as lines of (from, to, weight); `returns` the share of
units sold that come back. One simulation may be used by many threads at once.
)")
        .def(py::init(&simulated), py::arg("plan"), py::arg("demand"), py::arg("returns"))
        .def_readonly("fingerprint", &SimulatedPlan::fingerprint,
                      "64 hexadecimal digits that differ for plans or chances that differ.")
        .def_readonly("currency", &SimulatedPlan::currency, "What its amounts are in.")
        .def("runs", &plan_runs, py::arg("seed"), py::arg("first"), py::arg("count"), py::arg("progress") = py::none(),
             "Runs `first` to `first + count - 1`, one row each. Other threads run meanwhile; Ctrl-C stops it.");
}

}  // namespace

void bind_simulation(py::module_& m) {
    bind_campaign_simulation(m);
    bind_plan_simulation(m);
    m.def(
        "_joined", [](const std::vector<Frame>& frames, const std::string& by) { return joined(frames, by); },
        py::arg("frames"), py::arg("by"));
    m.def(
        "_quantiles",
        [](const OwnedColumn& column, const std::vector<Decimal>& shares) {
            const auto* numbers = std::get_if<OwnedColumn::Numbers>(&column.values);
            if (numbers == nullptr) raise_column_error(column.name, {}, "holds no whole numbers");
            if (numbers->values->size == 0) raise_column_error(column.name, {}, "has no rows");
            for (const Decimal& share : shares)
                if (share.is_negative() || share > Decimal(1))
                    raise_value_error("a quantile is asked for a share of 0 to 1, not " + to_text(share));
            const auto values = numbers->values->span();
            const Sample sample = [&] {
                const Released released;
                return Sample(std::vector(values.begin(), values.end()));
            }();
            std::vector<std::int64_t> found;
            for (const Decimal& share : shares) found.push_back(sample.quantile(share));
            return found;
        },
        py::arg("column"), py::arg("shares"));
}

}  // namespace crowdrules::python
