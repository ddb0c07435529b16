// SPDX-License-Identifier: BSL-1.0
// The life of a community that invents: found, decide, perform, advance; where its ideas, rounds, products and rights
// stand; journal and replay.
#include <crowdrules/pages/html_report.hpp>

#include "convert.hpp"
#include "influence.hpp"
#include "life.hpp"
#include "campaign/live_campaign.hpp"
#include "live_community.hpp"
#include "stories/pages.hpp"
#include <community/schema/terms.hpp>
#include <words/number.hpp>

namespace crowdrules::python {

template <>
struct Life<LiveCommunity> {
    using Command = community::Command;
    static constexpr const char* name = "Community";
    static constexpr std::size_t accounts = account_count;

    static auto& subject(auto& self) { return self.community; }
    static ExplainedCommunity statement(const community::Community& community) {
        return {crowdrules::community::statement(community), community.terms()};
    }
    static auto explain(const community::Community& community, const std::string& figure) {
        return crowdrules::explain(community, figure);
    }
    static auto read_journal(const std::string& text, const std::string& source) {
        return read_community_journal(text, source);
    }
    /// "4 members".
    static std::string standing(const community::Community& community) {
        return crowdrules::detail::counted(community->totals.members, "member");
    }
};

void raise_rejection(const campaign::Rejection& reason) {
    raise(reason);
}

void raise_rejection(const community::Rejection& reason) {
    const py::object error = py::module_::import("crowdrules._errors")
                                 .attr("Rejected")(to_text(reason), write(reason.code), reason.what, reason.accepted,
                                                   reason.rule, reason.citation, write(reason.of_presale));
    PyErr_SetObject(py::type::of(error).ptr(), error.ptr());
    throw py::error_already_set();
}

namespace {

template <class Record, class Kind>
const Record& there(const Record* found, const char* what, Id<Kind> id) {
    if (found == nullptr) throw py::key_error("there is no " + std::string(what) + " " + std::to_string(id.value));
    return *found;
}
const community::IdeaRecord& idea_in(const LiveCommunity& self, community::IdeaId id) {
    return there(find_idea(*self.community, id), "idea", id);
}
const community::ProductRecord& product_in(const LiveCommunity& self, community::IdeaId id) {
    return there(find_product(*self.community, id), "product", id);
}

community::MemberStatement member_of(const LiveCommunity& self, community::MemberId id) {
    auto found = statement_of(self.community, id);
    if (!found) throw py::key_error("there is no member " + std::to_string(id.value));
    return *std::move(found);
}

py::dict idea_of(const LiveCommunity& self, community::IdeaId id) {
    const community::IdeaRecord& found = idea_in(self, id);
    const community::Idea& credited = self.community->similar.credited(found.idea);
    py::dict view;
    view["idea"] = found.idea.id;
    view["title"] = found.title;
    view["submitter"] = found.idea.submitter;
    view["submitted_at"] = found.idea.submitted_at;
    view["credited"] = credited.submitter;
    view["stage"] = found.stage;
    view["product"] = found.product;
    view["phase"] = found.phase;
    view["round"] = found.round;
    view["selected"] = found.selected;
    view["fee"] = found.fee;
    return view;
}

py::dict round_of(const LiveCommunity& self, community::RoundId id) {
    const community::RoundRecord& found = there(find_round(*self.community, id), "round", id);
    py::dict votes;
    for (const community::Ranked& ranked : found.round.ranking()) votes[write(ranked.idea)] = ranked.votes;
    std::vector<community::MemberId> raters;
    if (found.round.terms().rating)
        for (const community::Claim& claim : found.round.raters()) raters.push_back(claim.member);
    py::dict view;
    view["round"] = found.id;
    view["window"] = found.round.window();
    view["closed"] = found.closed;
    view["product"] = found.product;
    view["phase"] = found.phase;
    view["votes"] = votes;
    view["raters"] = raters;
    view["selected"] = found.selected;
    view["staff_picks"] = found.staff_picks;
    return view;
}

py::dict product_of(const LiveCommunity& self, community::IdeaId id) {
    const community::ProductRecord& found = product_in(self, id);
    py::dict phases;
    for (const community::PhaseRecord& phase : found.phases) phases[py::str(phase.phase.name)] = phase.state;
    py::dict view;
    view["product"] = found.idea;
    view["title"] = idea_in(self, id).title;
    view["stage"] = found.stage;
    view["paused"] = found.paused;
    view["accepted_at"] = found.accepted_at;
    view["on_sale_at"] = found.on_sale_at;
    view["over_at"] = found.over_at;
    view["phases"] = phases;
    view["units"] = found.units;
    view["gross"] = found.gross;
    view["returned"] = found.returned;
    view["shared"] = found.pool;
    view["to_company"] = found.to_company;
    return view;
}

ClaimedInfluence influence_of(const LiveCommunity& self, community::IdeaId id) {
    const community::ProductRecord& product = product_in(self, id);
    return claimed_influence(product.influence, product.claims);
}

/// The campaign that the presale of a product is, with what happened to it among the community's events.
LiveCampaign presale_of(const LiveCommunity& self, community::IdeaId id) {
    const community::ProductRecord& product = product_in(self, id);
    if (!product.presale) throw py::key_error("product " + std::to_string(id.value) + " has no presale");
    campaign::Events events;
    for (const community::Event& event : self.events) {
        if (const auto* opened = std::get_if<community::PresaleOpened>(&event.what); opened && opened->product == id)
            events.push_back(launched(*opened->terms, event.at));
        else if (const auto* act = std::get_if<community::PresaleHappened>(&event.what); act && act->product == id)
            events.push_back({.at = event.at, .what = act->what});
    }
    return {*product.presale, std::move(events)};
}

std::optional<community::RightsRecord> held_by(const LiveCommunity& self, community::IdeaId id, community::Right right,
                                               std::optional<Instant> at) {
    const community::RightsRecord* found = idea_in(self, id).rights.held(right, at.value_or(self.community->last));
    return found == nullptr ? std::nullopt : std::optional(*found);
}

constexpr const char* community_doc = R"(A community that invents, and everything that happened in it.

Members, ideas, rounds and sales have numbers of yours, from 1; a product has that of its idea. Commands come in order
of time, and whatever falls due before one happens first. A command that may not be carried out raises Rejected and
changes nothing (but for what fell due).

>>> terms = CommunityTerms(currency='USD', submission=SubmissionTerms(fee=0),
...     evaluation=RoundTerms(weight=VoteWeight('inverse'), tie_break='lower_id'),
...     influence=InfluencePolicy(UnclaimedPolicy(payee=1000)), rights=RightsTerms(company=1000),
...     royalty=CommunityRoyalty([RoyaltyChannel('direct', RateTerms(tiers=[RateTier(rate='30%')]))], 'half_even'),
...     payouts=RoyaltyPayouts('2012-01-01T00:00:00Z', minimum=1000))
>>> community = Community.found(terms, at='2012-01-01T00:00:00Z')
>>> for member in (1, 2):
...     joined, = community.perform(JoinCommunity(member), at='2012-01-02T00:00:00Z')
>>> community.perform(HandInIdea(1, 1, title='Pivot Power'), at='2012-01-03T00:00:00Z')[0].kind
'idea_handed_in'
>>> community.perform(HandInIdea(1, 2, title='Again'), at='2012-01-03T00:00:00Z')
Traceback (most recent call last):
    ...
crowdrules._errors.Rejected: id_taken: ...
>>> opened, = community.perform(OpenRound(1, [1], closes='2012-01-10T00:00:00Z', decided_by='staff'),
...                             at='2012-01-03T00:00:00Z')
>>> cast, = community.perform(CastVote(1, 2, idea=1), at='2012-01-04T00:00:00Z')
>>> [event.kind for event in community.advance('2012-01-10T00:00:00Z')]
['round_closed']
)";

void def_records(py::class_<LiveCommunity>& cls) {
    cls.def("member", &member_of, py::arg("member"), "The account of a member. Raises KeyError.")
        .def("idea", &idea_of, py::arg("idea"),
             "Where an idea stands, by name; `credited` is who has the inventor's credit for it. Raises KeyError.")
        .def("round", &round_of, py::arg("round"),
             "Where a round stands, by name: `votes` by idea in the order of their places. Raises KeyError.")
        .def("product", &product_of, py::arg("product"), "Where a product stands, by name. Raises KeyError.")
        .def(
            "influence", &influence_of, py::arg("product"),
            "Who has which part in a product, as claims stand now. Raises KeyError, and FindingsError while nobody has "
            "a claim.")
        .def("presale", &presale_of, py::arg("product"),
             "The campaign that the presale of a product is, a copy of its own. Raises KeyError.")
        .def(
            "rights",
            [](const LiveCommunity& self, community::IdeaId id) { return idea_in(self, id).rights.records(); },
            py::arg("idea"), "The register of an idea: each RightsRecord in order of time. Raises KeyError.")
        .def("holders", &held_by, py::arg("idea"), py::arg("right"), py::arg("at") = py::none(),
             "The RightsRecord by which a right was held at an instant, or is now; None where there was no such right. "
             "Raises KeyError.")
        .def(
            "custody",
            [](const LiveCommunity& self, community::IdeaId id, community::Right right) {
                return idea_in(self, id).rights.custody(right);
            },
            py::arg("idea"), py::arg("right"),
            "Who held a right of an idea when, each Custody from the end of the one before. Raises KeyError.")
        .def(
            "members", [](const LiveCommunity& self) { return members_of(self.community); },
            "The members as a Frame: what each was credited, paid and is owed, in minor units.")
        .def(
            "products", [](const LiveCommunity& self) { return products_of(self.community); },
            "The products as a Frame: units sold, gross, returned and royalties shared.")
        .def_property_readonly(
            "charts", [](const LiveCommunity& self) { return charts_of(self.community, self.events); },
            "Its pictures.");
}

}  // namespace

void bind_community(py::module_& m) {
    py::class_<LiveCommunity> cls(m, "Community", community_doc);
    cls.def_static(
        "found",
        [](const community::Terms& terms, Instant at) { return LiveCommunity{found(terms, at), {founded(terms, at)}}; },
        py::arg("terms"), py::kw_only(), py::arg("at"),
        "A community with these terms. Raises ContractViolation for terms with defects.");
    def_life(cls);
    def_records(cls);
    def_report(
        cls, [](const LiveCommunity& of) { return report(of.community); },
        [](const LiveCommunity& of) {
            // A copy: another thread may go on with it meanwhile.
            const community::Events events = of.events;
            const Released released;
            return html_report(events);
        });
    m.def(
        "write_community_journal", [](const community::Events& events) { return write_journal(events); },
        py::arg("events"), "All events of a community as one journal, as write_journal has those of a campaign.");
    m.def(
        "read_community_journal",
        [](const std::string& text, const std::string& source) { return unwrap(read_community_journal(text, source)); },
        py::arg("text"), py::arg("source") = "",
        "All events of the journal of a community. Raises TextError with the line at fault.");
}

}  // namespace crowdrules::python
