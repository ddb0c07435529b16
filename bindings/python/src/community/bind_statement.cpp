// SPDX-License-Identifier: BSL-1.0
// The statement of a community that invents, and that of one member; who has which part in a product, and who held
// which right.
#include <crowdrules/community/rights.hpp>
#include <crowdrules/community/statement.hpp>

#include "campaign/live_campaign.hpp"
#include "described.hpp"
#include "live_community.hpp"
#include <community/schema/terms.hpp>
#include <core/listed.hpp>
#include <map>
#include <type_traits>

namespace crowdrules::detail {

template <>
inline constexpr bool is_other<std::map<Account, Money>> = true;

inline void describe(Fields& v, community::ProductLine& line) {
    v("idea", line.idea, required);
    v("title", line.title, required);
    v("stage", line.stage, required);
    v("paused", line.paused);
    v("units", line.units, required);
    v("gross", line.gross, required);
    v("returned", line.returned, required);
    v("earned", line.earned, required);
    v("shared", line.shared, required);
    v("to_company", line.to_company, required);
}
inline void describe(Fields& v, python::ExplainedCommunity& statement) {
    auto& figures = statement.figures;
    v("title", figures.title, required);
    v("members", figures.members, required);
    v("ideas", figures.ideas, required);
    v("fees", figures.fees, required);
    v("units", figures.units, required);
    v("gross", figures.gross, required);
    v("bought", figures.bought, required);
    v("returned", figures.returned, required);
    v("base", figures.base, required);
    v("royalties", figures.royalties, required);
    v("unclaimed", figures.unclaimed, required);
    v("credited", figures.credited, required);
    v("made_good", figures.made_good, required);
    v("withheld", figures.withheld, required);
    v("payment_fees", figures.payment_fees, required);
    v("paid", figures.paid, required);
    v("carried", figures.carried, required);
    v("owed", figures.owed, required);
    v("products", figures.products, required);
    std::map<Account, Money> holders;
    for (std::size_t i = 0; i < account_count; ++i)
        holders.insert_or_assign(static_cast<Account>(i), figures.holders[i]);
    v("holders", holders, required);
    if constexpr (!std::is_const_v<std::remove_reference_t<decltype(statement)>>)
        for (const auto& [account, amount] : holders) figures.holders[static_cast<std::size_t>(account)] = amount;
    v("terms", statement.terms, required);
}
inline void describe(Fields& v, community::MemberStatement::Line& line) {
    v("product", line.product, required);
    v("title", line.title, required);
    v("weight", line.weight, required);
    v("whole", line.whole, required);
    v("credited", line.credited, required);
}
inline void describe(Fields& v, community::MemberStatement& statement) {
    v("member", statement.member, required);
    v("products", statement.products, required);
    v("credited", statement.credited, required);
    v("corrected", statement.corrected, required);
    v("withheld", statement.withheld, required);
    v("payment_fees", statement.payment_fees, required);
    v("paid", statement.paid, required);
    v("balance", statement.balance, required);
    v("on_hold", statement.on_hold, required);
}
inline void describe(Fields& v, community::InfluencePart& part) {
    v("bucket", part.bucket, required);
    v("payee", part.payee, required);
    v("weight", part.weight, required);
    v("unclaimed", part.unclaimed);
}
inline void describe(Fields& v, community::RightsRecord& record) {
    v("at", record.at, required);
    v("right", record.right, required);
    v("by", record.by, required);
    v("holders", record.holders, required);
    v("rule", record.rule);
    v("citation", record.citation);
}
inline void describe(Fields& v, community::Custody& custody) {
    v("right", custody.right, required);
    v("period", custody.period, required);
    v("holders", custody.holders, required);
    v("by", custody.by, required);
    v("rule", custody.rule);
    v("citation", custody.citation);
}

template <>
community::ProductLine blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {.gross = nothing, .returned = nothing, .shared = nothing, .to_company = nothing};
}
template <>
community::MemberStatement::Line blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {.credited = nothing};
}
template <>
community::MemberStatement blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {.credited = nothing,
            .corrected = nothing,
            .withheld = nothing,
            .payment_fees = nothing,
            .paid = nothing,
            .balance = nothing,
            .on_hold = nothing};
}
template <>
python::ExplainedCommunity blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    community::Statement empty{.fees = nothing,
                               .gross = nothing,
                               .bought = nothing,
                               .returned = nothing,
                               .base = nothing,
                               .royalties = nothing,
                               .unclaimed = nothing,
                               .credited = nothing,
                               .made_good = nothing,
                               .withheld = nothing,
                               .payment_fees = nothing,
                               .paid = nothing,
                               .carried = nothing,
                               .owed = nothing,
                               .holders = {nothing, nothing, nothing, nothing, nothing, nothing, nothing, nothing,
                                           nothing, nothing, nothing, nothing, nothing, nothing}};
    return {std::move(empty), {}};
}

}  // namespace crowdrules::detail

namespace crowdrules::python {
namespace {

using Explained = ExplainedCommunity;

std::vector<std::vector<std::string>> rows_of(const Explained& self) {
    std::vector<std::vector<std::string>> rows{{"figure", "amount"}};
    for (const std::string& name : community::figure_names())
        if (const auto amount = figure(self.figures, name)) rows.push_back({name, to_grouped_text(*amount)});
    return rows;
}
std::vector<std::vector<std::string>> rows_of(const community::MemberStatement& self) {
    std::vector<std::vector<std::string>> rows{{"of", "part", "credited"}};
    for (const community::MemberStatement::Line& line : self.products)
        rows.push_back({line.title, community::share_text(line.weight, line.whole), to_grouped_text(line.credited)});
    rows.push_back({"all", "", to_grouped_text(self.credited)});
    rows.push_back({"paid", "", to_grouped_text(self.paid)});
    rows.push_back({"balance", "", to_grouped_text(self.balance)});
    return rows;
}

}  // namespace

void bind_community_statement(py::module_& m) {
    register_class<std::map<Account, Money>>();
    bind_described<community::ProductLine>(m, "ProductLine", R"(One product on the page of a community.

`units` and `gross` are of all sales, `returned` was given back; the community has `earned` so much, exactly, in units,
of which `shared` was shared at closings, and of that `to_company` was unclaimed.
)");
    bind_described<community::MemberStatement::Line>(
        m, "MemberPart",
        "What a member has in one product: a `weight` of its `whole` influence, and "
        "what it was credited.");
    auto member = bind_described<community::MemberStatement>(m, "MemberStatement", R"(One member's account.

credited + corrected == paid + withheld + payment_fees + balance; a negative balance is owed by them. Of the balance so
much is `on_hold`.
)");
    member.def("_repr_html_", [](const community::MemberStatement& self) {
        return html_table("member " + std::to_string(self.member.value), rows_of(self));
    });
    bind_described<community::InfluencePart>(
        m, "InfluencePart",
        "A payee's part of one bucket, by a claim or, `unclaimed`, by the policy for those "
        "that nobody claims.");
    bind_described<community::RightsRecord>(m, "RightsRecord",
                                            R"(One line of a register of rights: who holds a right from when on.

`by` says which event brought it about, `rule` and `citation` by what; without holders the right ends.
)");
    bind_described<community::Custody>(m, "Custody", "One unbroken time during which a right was held by the same.");

    auto statement =
        bind_described<Explained>(m, "CommunityStatement", R"(What became of a community's money, to the cent.

`members` joined and did not leave; `ideas` were handed in, contributions apart; `fees` of submissions, less refunds;
`units` sold, less returned. `gross` is of all sales, `bought` what buyers paid, `returned` what they were given back
later; rates were applied to the `base`. Of the `royalties` shared so far, what is `unclaimed` is the company's and what
is `credited` the members'; `made_good` came from the company after a bucket with retroactive effect. `paid` went to
members, without what was `withheld` and the `payment_fees`; `carried` is owed to them, `owed` by them. `holders` are
who has what, by Account, presales included; they sum to nothing.

Iterating gives (name, Money) for every figure; statement['royalties'] is one of them; explain('royalties') says how it
came about.
)");
    statement
        .def(
            "explain",
            [](const Explained& self, const std::string& figure) {
                return unwrap(explain(self.figures, self.terms, figure));
            },
            py::arg("figure"),
            "How a figure came about, as a Derivation. Raises ValueError for a name that is none, with those there "
            "are.")
        .def(
            "__getitem__",
            [](const Explained& self, const std::string& name) {
                const auto found = figure(self.figures, name);
                if (found) return *found;
                const std::string names = detail::listed(community::figure_names());
                throw py::key_error("there is no figure '" + name + "'; there are: " + names);
            },
            py::arg("figure"))
        .def("__iter__",
             [](const Explained& self) {
                 py::list figures;
                 for (const std::string& name : community::figure_names())
                     if (const auto amount = figure(self.figures, name)) figures.append(py::make_tuple(name, *amount));
                 return py::iter(figures);
             })
        .def("__repr__",
             [](const Explained& self) {
                 return "<CommunityStatement of " + std::string(py::repr(py::str(self.figures.title))) + ": gross " +
                        to_grouped_text(self.figures.gross) + ", royalties " + to_grouped_text(self.figures.royalties) +
                        ", paid " + to_grouped_text(self.figures.paid) + ">";
             })
        .def("_repr_html_", [](const Explained& self) { return html_table(self.figures.title, rows_of(self)); });
    m.def("community_figure_names", &community::figure_names,
          "The names of the figures of a community's statement, in its order.");
}

}  // namespace crowdrules::python
