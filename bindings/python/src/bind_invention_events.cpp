// SPDX-License-Identifier: BSL-1.0
// Events of a community that invents: what its life is made of.
#include <crowdrules/invention/event.hpp>
#include <crowdrules/invention/postings.hpp>

#include "event_class.hpp"
#include "invention_enums.hpp"
#include "shared_terms.hpp"
#include <invention/describe_event.hpp>

namespace crowdrules::python {
namespace {

/// What happened to a presale is an Event of the campaign that it is.
struct InventionFigures : FieldWriter {
    explicit InventionFigures(const InventionEvent& event) : at(event.at) {}

    void one_of(std::string_view name, const EventBody& what) {
        fields[py::str(std::string(name))] = py::cast(Event{.at = at, .what = what});
    }

    Instant at;
};

/// It is kept as its name and figures.
struct KeptFigures : FieldWriter {
    explicit KeptFigures(const InventionEvent&) {}

    void one_of(std::string_view name, const EventBody& what) {
        FieldWriter of_presale;
        const auto kind = std::visit(
            [&]<class Alternative>(const Alternative& alternative) {
                describe(of_presale, alternative);
                return std::string(detail::alternative_name<Alternative>);
            },
            what);
        fields[py::str(std::string(name))] = py::make_tuple(kind, of_presale.fields);
    }
};

struct KeptFiguresReader : FieldReader {
    using FieldReader::FieldReader;

    void one_of(std::string_view name, EventBody& what) {
        const py::handle given = arguments.take({std::string(name), {}, true}, owner);
        what = happened<FieldReader, EventBody>(py::cast<std::string>(given[py::int_(0)]),
                                                py::cast<py::dict>(given[py::int_(1)]));
    }
};

}  // namespace

void bind_invention_events(py::module_& m) {
    bind_described<RoyaltyPart>(m, "RoyaltyPart", "A member's part of a royalty, in minor units.");
    py::class_<InventionEvent> event(m, "InventionEvent", R"(Something that happened in a community that invents.

`kind` says what ('idea_handed_in', 'sale_recorded', ...), `fields` with which figures, amounts in minor units; each
figure is an attribute too: event.idea, event.amount. What happened to a presale has `presale`, an Event of the campaign
that it is. A stored community is its events: see Invention.replay, Invention.journal.
)");
    def_event<InventionFigures, KeptFigures, KeptFiguresReader>(event, "InventionEvent");
}

}  // namespace crowdrules::python
