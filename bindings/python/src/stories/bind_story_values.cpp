// SPDX-License-Identifier: BSL-1.0
// Story values: what came of a story as values: figures, holders, entries, agenda; and of a community that invents its
// members, products and influence.
#include <crowdrules/campaign/agenda.hpp>
#include <crowdrules/campaign/postings.hpp>
#include <crowdrules/campaign/statement.hpp>
#include <crowdrules/community/agenda.hpp>
#include <crowdrules/community/postings.hpp>
#include <crowdrules/community/statement.hpp>

#include "columns/column.hpp"
#include "community/live_community.hpp"
#include "convert.hpp"
#include "pages.hpp"
#include "played_story.hpp"
#include <array>
#include <core/listed.hpp>

namespace crowdrules::python {
namespace {

std::string title_of(const campaign::Campaign& campaign) {
    return campaign.terms().title;
}
std::string title_of(const PlanBook& book) {
    return book.title;
}
std::string title_of(const community::Community& community) {
    return statement(community).title;
}

py::dict figures_of(const campaign::Campaign& campaign) {
    py::dict figures;
    const campaign::Statement all = statement(campaign);
    for (const std::string& name : campaign::figure_names())
        if (const auto amount = figure(all, name)) figures[py::str(name)] = *amount;
    return figures;
}
py::dict figures_of(const PlanBook& book) {
    py::dict figures;
    for (const std::string& name : figure_names(book))
        if (const auto value = figure(book, name)) figures[py::str(name)] = write(*value);
    return figures;
}
py::dict figures_of(const community::Community& community) {
    py::dict figures;
    const community::Statement all = statement(community);
    for (const std::string& name : community::figure_names())
        if (const auto amount = figure(all, name)) figures[py::str(name)] = *amount;
    return figures;
}

py::dict by_account(const std::array<Money, account_count>& accounts) {
    py::dict holders;
    for (std::size_t i = 0; i < account_count; ++i) holders[write(static_cast<Account>(i))] = accounts[i];
    return holders;
}
py::dict holders_of(const campaign::Campaign& campaign) {
    const campaign::Statement all = statement(campaign);
    py::dict holders;
    for (std::size_t i = 0; i < campaign_account_count; ++i) holders[write(static_cast<Account>(i))] = all.holders[i];
    return holders;
}
py::dict holders_of(const PlanBook& book) {
    py::dict amounts;
    for (const auto& [name, amount] : holders(book)) amounts[py::str(name)] = write(amount);
    return amounts;
}
py::dict holders_of(const community::Community& community) {
    return by_account(statement(community).holders);
}

// ------------------------------------------------------------------------------------------------- entries and agenda

py::object entries_of(const Play& play) {
    std::vector<Entry> entries;
    for (const campaign::Event& event : play.events)
        if (auto entry = postings(event, play.campaign.terms().currency)) entries.push_back(*std::move(entry));
    return write(entries);
}
py::object entries_of(const PlanPlay& play) {
    return write(play.book.entries);
}
py::object entries_of(const CommunityPlay& play) {
    std::vector<Entry> entries;
    for (const community::Event& event : play.events)
        if (auto entry = postings(event, play.community.terms().currency)) entries.push_back(*std::move(entry));
    return write(entries);
}

py::object agenda_of(const PlanBook&) {
    return py::tuple();
}
py::object agenda_of(const auto& subject) {
    return write(agenda(subject));
}

// ------------------------------------------------------------------------------------------------------ of a community

const community::Community& community_of(const PlayedStory& self) {
    const auto* community = std::get_if<community::Community>(&self.subject);
    if (community == nullptr) raise_value_error("this is no story of a community that invents: it has no members");
    return *community;
}

revenue::SplitTerms influence_of(const PlayedStory& self, const std::string& title) {
    const community::Community& community = community_of(self);
    std::string titles;
    for (const community::ProductRecord& product : community->products) {
        const community::IdeaRecord* idea = find_idea(*community, product.idea);
        if (idea->title == title) return unwrap(influence_in(product)).split();
        detail::add_to_list(titles, idea->title);
    }
    throw py::key_error("there is no product '" + title + "'; there are: " + (titles.empty() ? "none" : titles));
}

void bind_parts(py::module_& m) {
    py::class_<PlanEntry>(m, "PlanEntry", "What happened on one line of a plan of revenue, and what was decided on it.")
        .def_readonly("on", &PlanEntry::on, "The day.")
        .def_readonly("part", &PlanEntry::part, "Of the plan: the name of its table.")
        .def_readonly("what", &PlanEntry::what, "'sale', 'period', 'receipt', ...")
        .def_readonly("number", &PlanEntry::number, "Of what was decided in the part, from 1; 0: nothing yet.")
        .def_property_readonly(
            "figures",
            [](const PlanEntry& self) {
                py::dict figures;
                for (const PlanFigure& figure : self.figures) figures[py::str(figure.name)] = write(figure.value);
                return figures;
            },
            "By name: Money, or a number or word.")
        .def_property_readonly(
            "movements",
            [](const PlanEntry& self) {
                py::list movements;
                for (const PlanMovement& movement : self.movements)
                    movements.append(py::make_tuple(movement.from, movement.to, write(movement.amount)));
                return py::tuple(movements);
            },
            "Each from, to and amount in units.")
        .def_property_readonly(
            "why", [](const PlanEntry& self) { return self.why; }, "How it came about: derivations.")
        .def("__repr__", [](const PlanEntry& self) {
            return "<" + to_text(self.on) + " " + self.part + " " + self.what +
                   (self.number > 0 ? " " + std::to_string(self.number) : "") + ">";
        });
    py::class_<community::Due>(m, "CommunityDue", "What falls due in a community that invents.")
        .def_readonly("at", &community::Due::at, "When.")
        .def_property_readonly(
            "kind", [](const community::Due& self) { return std::string(to_text(self.kind)); }, "What.")
        .def_readonly("product", &community::Due::product, "The idea it is about, or None.")
        .def_readonly("member", &community::Due::member, "Who is to be paid, or None.")
        .def_property_readonly(
            "amount", [](const community::Due& self) { return self.amount; }, "To be paid as things stand, or None.")
        .def("__str__", [](const community::Due& self) { return to_text(self); })
        .def("__repr__", [](const community::Due& self) { return "<" + to_text(self) + ">"; });
}

}  // namespace

void bind_story_values(py::module_& m) {
    bind_parts(m);
    class_of<PlayedStory>()
        .def_property_readonly(
            "kind",
            [](const PlayedStory& self) {
                constexpr const char* kinds[] = {"campaign", "plan", "community"};
                return kinds[self.subject.index()];
            },
            "'campaign', 'plan' or 'community'.")
        .def_property_readonly(
            "title",
            [](const PlayedStory& self) {
                return std::visit([](const auto& subject) { return title_of(subject); }, self.subject);
            },
            "What it is called.")
        .def_property_readonly(
            "figures",
            [](const PlayedStory& self) {
                return std::visit([](const auto& subject) { return figures_of(subject); }, self.subject);
            },
            "The statement: every figure by its name, Money where it is an amount.")
        .def_property_readonly(
            "holders",
            [](const PlayedStory& self) {
                return std::visit([](const auto& subject) { return holders_of(subject); }, self.subject);
            },
            "Who holds what in the end: Money by Account, or of a plan an amount in units by name. They sum to "
            "nothing.")
        .def(
            "entries",
            [](const PlayedStory& self) {
                return std::visit([](const auto& play) { return entries_of(play); }, self.play);
            },
            "What was booked: an Entry for every movement of money, or of a plan a PlanEntry for every line.")
        .def(
            "agenda",
            [](const PlayedStory& self) {
                return std::visit([](const auto& subject) { return agenda_of(subject); }, self.subject);
            },
            "What falls due after the end: Due, or CommunityDue of a community; nothing of a plan.")
        .def(
            "influence", &influence_of, py::arg("product"),
            "Who has which part of a product of a community, by its title, as SplitTerms: share_once and columns.share "
            "divide an income by it. Raises ValueError for another kind of story.")
        .def(
            "members", [](const PlayedStory& self) { return members_of(community_of(self)); },
            "The members of a community as a Frame: what each was credited, paid and is owed, in minor units.")
        .def(
            "products", [](const PlayedStory& self) { return products_of(community_of(self)); },
            "The products of a community as a Frame: units sold, gross, returned and royalties shared.")
        .def("__repr__", [](const PlayedStory& self) {
            const std::string title = std::visit([](const auto& subject) { return title_of(subject); }, self.subject);
            return "<PlayedStory of " + std::string(py::repr(py::str(title))) + ">";
        });
}

}  // namespace crowdrules::python
