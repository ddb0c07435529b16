// SPDX-License-Identifier: BSL-1.0
// Journal fold: the pieces of a journal become what it is about.
#pragma once

#include <crowdrules/core/contract.hpp>
#include <crowdrules/core/result.hpp>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace crowdrules::detail {

/// `Reader` gives the events of a journal, which `replay` and `evolve` fold to a `Subject`.
template <class Reader, class Subject>
class JournalFold {
  public:
    explicit JournalFold(std::string source) : source_(source), reader_(std::move(source)) {}

    Result<void> add(std::string_view piece) { return apply(reader_.add(piece)); }
    Result<Subject> finish() {
        if (auto last = apply(reader_.finish()); !last) return failure(last.error());
        if (!subject_) return failure(TextError{{source_, 1, 1}, "a journal without events", "", ""});
        return std::move(*subject_);
    }

  private:
    template <class Events>
    Result<void> apply(Result<Events> events) {
        if (!events) return failure(events.error());
        std::span<const typename Events::value_type> rest(*events);
        try {
            if (!subject_ && !rest.empty()) {
                subject_ = replay(rest.first(1));
                rest = rest.subspan(1);
                ++applied_;
            }
            for (const auto& event : rest) {
                evolve(*subject_, event);
                ++applied_;
            }
        } catch (const ContractViolation& reason) {
            // Lines that are sealed and read well, but do not follow from one another: not written by this engine.
            return failure(TextError{{source_, 0, 0},
                                     "event " + std::to_string(applied_ + 1) + " does not fit what happened before it",
                                     reason.what(),
                                     "the events as they were decided"});
        }
        return {};
    }

    std::string source_;
    Reader reader_;
    std::optional<Subject> subject_;
    std::size_t applied_ = 0;
};

/// Gives every line of the journal of `events` to `put`.
template <class Writer, class Events, class Put, class Progress>
void write_lines(const Events& events, const Put& put, const Progress& progress) {
    Writer journal;
    put(journal.header());
    for (std::size_t i = 0; i < events.size(); ++i) {
        put(journal.line(events[i]));
        if (progress && i % 4096 == 0) progress(i, events.size());
    }
    put(journal.closing());
}

}  // namespace crowdrules::detail
