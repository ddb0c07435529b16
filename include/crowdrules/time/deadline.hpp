// SPDX-License-Identifier: BSL-1.0
// Deadline: a local date and time in a named zone, resolved once to an Instant.
//
//   resolve({2024-03-10 02:30 America/New_York}, {})                     refused: the clocks skip 02:30 that night
//   resolve({2024-03-10 02:30 America/New_York}, {.gap = Gap::later})    2024-03-10T07:30:00Z
//
// At clock changes a local time may happen never or twice. Both are refused unless the caller names what is meant.
// Zones come from the IANA database behind the ZoneDatabase interface; a platform may bring its own.
#pragma once

#include <crowdrules/time/instant.hpp>

#include <cstdint>
#include <string>

namespace crowdrules {

/// A time on the wall of a place. Zone names are IANA's Area/City ("Asia/Seoul") or "UTC".
struct LocalTime {
    Date date;
    Elapsed time_of_day{};  ///< 0 to 24:00:00; 24:00 is the end of that day
    std::string zone;

    bool operator==(const LocalTime&) const = default;
};

enum class Gap : std::uint8_t {
    refuse,   ///< a time that the clocks skip is an error
    later,    ///< read it with the offset before the change: 02:30 becomes 03:30 on the wall (RFC 5545)
    earlier,  ///< read it with the offset after the change: 02:30 becomes 01:30 on the wall
};
enum class Overlap : std::uint8_t {
    refuse,  ///< a time that happens twice is an error
    first,   ///< the earlier of the two (RFC 5545)
    second,  ///< the later of the two
};
struct ClockChange {
    Gap gap = Gap::refuse;
    Overlap overlap = Overlap::refuse;
};

/// What a zone says about one local time: one instant, none (before/after are what the two offsets give), or two.
struct ZoneAnswer {
    enum class Kind : std::uint8_t { unique, gap, overlap } kind = Kind::unique;
    Instant first;   ///< with the offset before the change
    Instant second;  ///< with the offset after the change; equal to `first` when unique
};

/// Where zones are looked up. Implementations may read files; the engine itself never calls one.
class ZoneDatabase {
  public:
    virtual ~ZoneDatabase() = default;
    /// What `local` means. Refuses an unknown zone, and a time for which the database has no rule.
    [[nodiscard]] virtual Result<ZoneAnswer> look_up(const LocalTime& local) const = 0;
    /// The wall-clock time at `at` in `zone`.
    [[nodiscard]] virtual Result<LocalTime> local_time(Instant at, const std::string& zone) const = 0;
    /// "2025b": part of the record of whoever resolves.
    [[nodiscard]] virtual std::string version() const = 0;
};

/// The operating system's IANA database, which must be installed for it to answer anything. Right beyond 2037 too: the
/// rule that ends each zone's file is applied to the years after it. Knows Area/City names and "UTC"; refuses whatever
/// else the system may have ("localtime", "EST5EDT", paths).
[[nodiscard]] const ZoneDatabase& system_zones();

/// The instant that `local` means.
/// Refuses, in this order: an impossible date; a time of day outside 0 to 24 hours; an unknown zone; a year for which
/// the zone has no rule; gaps and overlaps unless `change` names a reading.
[[nodiscard]] Result<Instant> resolve(const LocalTime& local, ClockChange change, const ZoneDatabase& zones);

/// Reads "2012-05-18 23:00 America/Los_Angeles" (seconds optional, "24:00" is the end of the day). Whether there is
/// such a zone is for `resolve` to say.
[[nodiscard]] Result<LocalTime> parse_local_time(std::string_view text);
[[nodiscard]] std::string to_text(const LocalTime& local);

}  // namespace crowdrules
