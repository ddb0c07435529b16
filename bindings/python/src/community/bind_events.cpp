// SPDX-License-Identifier: BSL-1.0
// Events of a community that invents: what its life is made of.
#include <crowdrules/community/event.hpp>
#include <crowdrules/community/postings.hpp>

#include "convert.hpp"
#include "event_class.hpp"
#include "campaign/shared_terms.hpp"
#include <community/schema/terms.hpp>
#include <community/schema/event.hpp>

namespace crowdrules::python {

void bind_community_events(py::module_& m) {
    bind_described<community::RoyaltyPart>(m, "RoyaltyPart", "A member's part of a royalty, in minor units.");
    py::class_<community::Event> event(m, "CommunityEvent", R"(Something that happened in a community that invents.

`kind` says what ('idea_handed_in', 'sale_recorded', ...), `fields` with which figures, amounts in minor units; each
figure is an attribute too: event.idea, event.amount. What happened to a presale has `presale`, an Event of the campaign
that it is. A stored community is its events: see Community.replay, Community.journal.
)");
    def_event(event, "CommunityEvent");
}

}  // namespace crowdrules::python
