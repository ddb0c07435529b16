// SPDX-License-Identifier: BSL-1.0
// Events of a community that invents: what its life is made of.
#include <crowdrules/invention/event.hpp>
#include <crowdrules/invention/postings.hpp>

#include "convert.hpp"
#include "event_class.hpp"
#include "shared_terms.hpp"
#include <invention/describe.hpp>
#include <invention/describe_event.hpp>

namespace crowdrules::python {

void bind_invention_events(py::module_& m) {
    bind_described<RoyaltyPart>(m, "RoyaltyPart", "A member's part of a royalty, in minor units.");
    py::class_<InventionEvent> event(m, "InventionEvent", R"(Something that happened in a community that invents.

`kind` says what ('idea_handed_in', 'sale_recorded', ...), `fields` with which figures, amounts in minor units; each
figure is an attribute too: event.idea, event.amount. What happened to a presale has `presale`, an Event of the campaign
that it is. A stored community is its events: see Invention.replay, Invention.journal.
)");
    def_event(event, "InventionEvent");
}

}  // namespace crowdrules::python
