// SPDX-License-Identifier: BSL-1.0
// The C interface: each function of crowdrules.h reads its texts, calls the one function of C++ that does it, and
// writes the answer. Nothing is decided here.
#include <crowdrules.h>

#include <crowdrules/campaign/agenda.hpp>
#include <crowdrules/campaign/decide.hpp>
#include <crowdrules/campaign/evolve.hpp>
#include <crowdrules/campaign/progress.hpp>
#include <crowdrules/campaign/statement.hpp>
#include <crowdrules/core/contract.hpp>
#include <crowdrules/core/version.hpp>
#include <crowdrules/protocol/message.hpp>
#include <crowdrules/stories/campaign/report.hpp>
#include <crowdrules/stories/campaign/scenario.hpp>
#include <crowdrules/time/instant.hpp>

#include <protocol/json_writer.hpp>

#include <atomic>
#include <cstdint>
#include <memory>
#include <new>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace crowdrules;
using namespace crowdrules::campaign;

namespace {

// What stands at the head of a handle that lives. A handle that was freed, or never was one, has something else there.
constexpr std::uint64_t campaign_mark = 0x63726f776463616d, answer_mark = 0x63726f7764616e73;

}  // namespace

struct crowdrules_campaign {
    std::uint64_t mark = campaign_mark;
    mutable std::atomic_flag in_use{};
    bool is_torn = false;  ///< memory ended while events were applied
    Campaign campaign;

    explicit crowdrules_campaign(Campaign it) : campaign(std::move(it)) {}
    crowdrules_campaign(const crowdrules_campaign&) = delete;
    crowdrules_campaign& operator=(const crowdrules_campaign&) = delete;
    ~crowdrules_campaign() { *const_cast<volatile std::uint64_t*>(&mark) = 0; }
};

struct crowdrules_answer {
    std::uint64_t mark = answer_mark;
    crowdrules_status status = CROWDRULES_OK;
    std::string text{};
    std::unique_ptr<crowdrules_campaign> campaign{};

    crowdrules_answer(crowdrules_status said, std::string what, std::unique_ptr<crowdrules_campaign> made = {})
        : status(said), text(std::move(what)), campaign(std::move(made)) {}
    crowdrules_answer(const crowdrules_answer&) = delete;
    crowdrules_answer& operator=(const crowdrules_answer&) = delete;
    ~crowdrules_answer() { *const_cast<volatile std::uint64_t*>(&mark) = 0; }
};

namespace {

/// Given when there is no memory for another one; nobody frees it.
crowdrules_answer* no_memory() noexcept {
    static crowdrules_answer answer{CROWDRULES_NO_MEMORY, {}};
    return &answer;
}

struct Answered {
    crowdrules_status status = CROWDRULES_OK;
    std::string text{};
    std::unique_ptr<crowdrules_campaign> campaign{};
};

std::string list_of(std::string_view name, const std::vector<std::string>& items) {
    std::string text = "{\"" + std::string(name) + "\":[";
    for (std::size_t i = 0; i < items.size(); ++i) text += (i ? "," : "") + items[i];
    return text + "]}";
}

Answered unreadable(const TextError& error) {
    return {CROWDRULES_UNREADABLE, list_of("errors", {to_json(error)})};
}
Answered unreadable(const Findings& findings) {
    std::vector<std::string> items;
    for (const Finding& finding : findings) items.push_back(to_json(finding));
    return {CROWDRULES_UNREADABLE, list_of("errors", items)};
}
Answered misused(std::string what, std::string accepted) {
    return {CROWDRULES_MISUSED, list_of("errors", {to_json(TextError{{}, std::move(what), {}, std::move(accepted)})})};
}

/// Runs `make` and keeps everything that it throws from coming out.
template <class Make>
crowdrules_answer* answered(Make make) noexcept {
    try {
        Answered answer;
        try {
            answer = make();
        } catch (const std::bad_alloc&) {
            throw;
        } catch (const std::exception& error) {
            answer = misused(error.what(), {});
        }
        return new crowdrules_answer(answer.status, std::move(answer.text), std::move(answer.campaign));
    } catch (...) {
        return no_memory();
    }
}

/// Marks a campaign as in use, unless another thread is using it.
class InUse {
  public:
    explicit InUse(const crowdrules_campaign& campaign)
        : flag_(campaign.in_use), mine_(!flag_.test_and_set(std::memory_order_acquire)) {}
    ~InUse() {
        if (mine_) flag_.clear(std::memory_order_release);
    }
    InUse(const InUse&) = delete;
    InUse& operator=(const InUse&) = delete;
    explicit operator bool() const noexcept { return mine_; }

  private:
    std::atomic_flag& flag_;
    bool mine_;
};

/// The same for a function that is asked of a campaign.
template <class Handle, class Make>
crowdrules_answer* asked(Handle* handle, Make make) noexcept {
    return answered([&]() -> Answered {
        if (handle == nullptr) return misused("the campaign is null", "one that crowdrules_answer_campaign gave");
        if (handle->mark != campaign_mark)
            return misused("this is no campaign, or one that was freed", "one that crowdrules_answer_campaign gave");
        const InUse use(*handle);
        if (!use) return misused("another thread is using this campaign", "one call at a time for each campaign");
        if (handle->is_torn)
            return misused("memory ended while events were applied to this campaign", "the campaign replayed");
        return make(handle->campaign);
    });
}

/// Applies events whose answer is written already, so that none can be lost.
void apply(crowdrules_campaign& handle, const Events& events) {
    handle.is_torn = true;
    evolve(handle.campaign, events);
    handle.is_torn = false;
}

/// A text that was given. Throws for null with a length.
std::string_view text_of(const char* text, std::size_t length) {
    expects(text != nullptr || length == 0, "a text with a length is not null");
    return text == nullptr ? std::string_view{} : std::string_view(text, length);
}

std::vector<std::string> json_of(const Events& events, const Terms& terms) {
    std::vector<std::string> items;
    items.reserve(events.size());
    for (const Event& event : events) items.push_back(to_json(event, terms));
    return items;
}

Answered happened(const Events& events, const Terms& terms) {
    return {CROWDRULES_OK, list_of("events", json_of(events, terms))};
}

Answered done(bool already, const Events& events, const Terms& terms) {
    const std::string list = list_of("events", json_of(events, terms));
    return {CROWDRULES_OK, std::string("{\"already_done\":") + (already ? "true" : "false") + "," + list.substr(1)};
}

Answered refused(const Rejection& refusal, const Events& events, const Terms& terms) {
    const std::string list = list_of("events", json_of(events, terms));
    return {CROWDRULES_REFUSED, "{\"refusal\":" + to_json(refusal) + "," + list.substr(1)};
}

Answered listed(const std::vector<Due>& entries, const Terms& terms) {
    std::vector<std::string> items;
    items.reserve(entries.size());
    for (const Due& entry : entries) items.push_back(to_json(entry, terms));
    return {CROWDRULES_OK, list_of("agenda", items)};
}

Answered made(std::string text, Campaign campaign) {
    return {CROWDRULES_OK, std::move(text), std::make_unique<crowdrules_campaign>(std::move(campaign))};
}

/// Events, one on each line. `terms`: of the campaign, or null where the first of them brings them.
Result<Events> events_of(std::string_view text, const Terms* terms) {
    Events events;
    std::size_t line = 0;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        const std::string_view object = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        ++line;
        if (object.empty()) continue;
        static const Terms none;
        auto event = event_from_json(object, terms != nullptr ? *terms : none);
        if (!event) {
            TextError error = event.error();
            error.where.line = line;
            return failure(std::move(error));
        }
        if (terms == nullptr)
            if (const auto* first = std::get_if<CampaignLaunched>(&event->what)) terms = first->terms.get();
        events.push_back(*std::move(event));
    }
    return events;
}

}  // namespace

extern "C" {

const char* crowdrules_version(void) {
    static const std::string text(version());
    return text.c_str();
}

int crowdrules_abi(void) {
    return CROWDRULES_ABI;
}

crowdrules_status crowdrules_answer_status(const crowdrules_answer* answer) {
    return answer != nullptr && answer->mark == answer_mark ? answer->status : CROWDRULES_MISUSED;
}

const char* crowdrules_answer_text(const crowdrules_answer* answer) {
    return answer != nullptr && answer->mark == answer_mark ? answer->text.c_str() : "";
}

size_t crowdrules_answer_length(const crowdrules_answer* answer) {
    return answer != nullptr && answer->mark == answer_mark ? answer->text.size() : 0;
}

crowdrules_campaign* crowdrules_answer_campaign(crowdrules_answer* answer) {
    return answer != nullptr && answer->mark == answer_mark ? answer->campaign.release() : nullptr;
}

void crowdrules_answer_free(crowdrules_answer* answer) {
    if (answer != nullptr && answer->mark == answer_mark && answer != no_memory()) delete answer;
}

void crowdrules_campaign_free(crowdrules_campaign* campaign) {
    if (campaign != nullptr && campaign->mark == campaign_mark) delete campaign;
}

crowdrules_answer* crowdrules_terms(const char* story, size_t length) {
    return answered([&]() -> Answered {
        const auto scenario = parse_scenario(text_of(story, length));
        if (!scenario) return unreadable(scenario.error());
        return {CROWDRULES_OK, to_json(scenario->terms)};
    });
}

crowdrules_answer* crowdrules_launch(const char* terms, size_t terms_length, const char* at, size_t at_length) {
    return answered([&]() -> Answered {
        auto read = terms_from_json(text_of(terms, terms_length));
        if (!read) return unreadable(read.error());
        const auto when = parse_instant(text_of(at, at_length));
        if (!when) return unreadable(when.error());
        if (const Findings defects = defects_of(*read); has_refusal(defects)) return unreadable(defects);
        const Events events{launched(*std::move(read), *when)};
        Campaign campaign = replay(events);
        std::string text = happened(events, campaign.terms()).text;
        return made(std::move(text), std::move(campaign));
    });
}

crowdrules_answer* crowdrules_replay(const char* events, size_t length) {
    return answered([&]() -> Answered {
        const auto read = events_of(text_of(events, length), nullptr);
        if (!read) return unreadable(read.error());
        Campaign campaign = replay(*read);
        return made("{\"events\":" + std::to_string(campaign.events()) + "}", std::move(campaign));
    });
}

crowdrules_answer* crowdrules_copy(const crowdrules_campaign* campaign) {
    return asked(campaign, [&](const Campaign& it) -> Answered {
        return made("{\"events\":" + std::to_string(it.events()) + "}", it);
    });
}

crowdrules_answer* crowdrules_decide(const crowdrules_campaign* campaign, const char* command, size_t length) {
    return asked(campaign, [&](const Campaign& it) -> Answered {
        const auto read = command_from_json(text_of(command, length), it.terms());
        if (!read) return unreadable(read.error());
        const auto decision = decide(it, *read);
        if (!decision) return refused(decision.error(), {}, it.terms());
        return done(decision->already_done, decision->events, it.terms());
    });
}

crowdrules_answer* crowdrules_perform(crowdrules_campaign* campaign, const char* command, size_t length) {
    return asked(campaign, [&](Campaign& it) -> Answered {
        const auto read = command_from_json(text_of(command, length), it.terms());
        if (!read) return unreadable(read.error());
        const auto decision = decide(it, *read);
        // What fell due before a refusal has happened all the same, unless the command came too early.
        const Events events = decision ? decision->events : due(it, read->at);
        Answered answer = decision ? done(decision->already_done, events, it.terms())
                                   : refused(decision.error(), events, it.terms());
        apply(*campaign, events);
        return answer;
    });
}

crowdrules_answer* crowdrules_advance(crowdrules_campaign* campaign, const char* until, size_t length) {
    return asked(campaign, [&](Campaign& it) -> Answered {
        const auto when = parse_instant(text_of(until, length));
        if (!when) return unreadable(when.error());
        const Events events = due(it, *when);
        Answered answer = happened(events, it.terms());
        apply(*campaign, events);
        return answer;
    });
}

crowdrules_answer* crowdrules_evolve(crowdrules_campaign* campaign, const char* events, size_t length) {
    return asked(campaign, [&](Campaign& it) -> Answered {
        const auto read = events_of(text_of(events, length), &it.terms());
        if (!read) return unreadable(read.error());
        Campaign later = it;
        evolve(later, *read);
        it = std::move(later);
        return {CROWDRULES_OK, "{\"events\":" + std::to_string(it.events()) + "}"};
    });
}

crowdrules_answer* crowdrules_agenda(const crowdrules_campaign* campaign) {
    return asked(campaign, [](const Campaign& it) { return listed(agenda(it), it.terms()); });
}

crowdrules_answer* crowdrules_agenda_of(const crowdrules_campaign* campaign, unsigned long long pledge) {
    return asked(campaign, [&](const Campaign& it) { return listed(agenda(it, PledgeId{pledge}), it.terms()); });
}

crowdrules_answer* crowdrules_statement(const crowdrules_campaign* campaign) {
    return asked(campaign, [](const Campaign& it) -> Answered { return {CROWDRULES_OK, report_json(it, -1)}; });
}

crowdrules_answer* crowdrules_explain(const crowdrules_campaign* campaign, const char* figure, size_t length) {
    return asked(campaign, [&](const Campaign& it) -> Answered {
        const auto why = explain(statement(it), it.terms(), text_of(figure, length));
        if (!why) return unreadable(TextError{{}, why.error(), std::string(text_of(figure, length)), {}});
        return {CROWDRULES_OK, to_json(*why)};
    });
}

crowdrules_answer* crowdrules_pledge(const crowdrules_campaign* campaign, unsigned long long pledge) {
    return asked(campaign, [&](const Campaign& it) -> Answered {
        const auto found = find_pledge(it, PledgeId{pledge});
        if (!found)
            return unreadable(TextError{
                {}, "there is no pledge " + std::to_string(pledge), {}, "the number of a pledge that was made"});
        return {CROWDRULES_OK, to_json(*found, it.terms())};
    });
}

crowdrules_answer* crowdrules_check(const crowdrules_campaign* campaign) {
    return asked(campaign, [](const Campaign& it) -> Answered {
        std::vector<std::string> items;
        for (const std::string& sentence : check(it)) {
            std::string text;
            detail::append_json_text(text, sentence);
            items.push_back(std::move(text));
        }
        return {CROWDRULES_OK, list_of("wrong", items)};
    });
}

}  // extern "C"
