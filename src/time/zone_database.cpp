// SPDX-License-Identifier: BSL-1.0
// The one file that uses Howard Hinnant's time zone library (date/tz.h); its target must be linked, not only included.
//
// Built for the operating system's zone files, that library stops at the last clock change written in a file (2037 at
// most) and keeps the offset of that moment for ever. The line that ends each file says what happens from there on:
// we apply it ourselves.
#include <crowdrules/time/deadline.hpp>

#include <date/tz.h>
#include <fmt/format.h>

#include "yearly_rule.hpp"
#include <fstream>
#include <string>

namespace crowdrules {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

const std::string zone_files = "/usr/share/zoneinfo/";

TextError refusal(std::string what, std::string found, std::string expected) {
    TextError error;
    error.what = std::move(what);
    error.found = std::move(found);
    error.expected = std::move(expected);
    return error;
}

const std::string zone_expected = "a name of the IANA database such as Asia/Seoul, or UTC";

/// The zone of that name, read and ready.
/// A name without a slash may be the machine's own ("localtime") or an old abbreviation ("EST"): only UTC is clear.
/// Paths are refused with all other names that the database does not list.
Result<const date::time_zone*> find_zone(const std::string& name) {
    try {
        const date::tzdb& database = date::get_tzdb();
        if (name == "UTC" || name.find('/') != std::string::npos) {
            const date::time_zone* zone = nullptr;
            for (const date::time_zone& candidate : database.zones)
                if (candidate.name() == name) zone = &candidate;
            if (zone != nullptr) {
                static_cast<void>(zone->get_info(date::sys_seconds{}));  // reads the file, which may fail
                return zone;
            }
        }
    } catch (const std::exception& error) {
        return failure(refusal(fmt::format("the zone files cannot be read: {}", error.what()), name, ""));
    }
    return failure(refusal("unknown time zone", name, zone_expected));
}

/// Whether nothing is written in the zone's file after this span.
bool is_open_ended(const date::sys_info& span) {
    return span.end >= date::sys_days{date::year::max() / date::December / 31};
}

/// What the last line of the zone's file says.
Result<YearlyRule> yearly_rule(const std::string& zone) {
    std::ifstream file(zone_files + zone, std::ios::binary);
    std::string line, last;
    while (std::getline(file, line)) last = line;
    const auto rule = YearlyRule::parse(last);
    if (!rule) return failure(refusal("the zone's file does not say what happens in later years", zone, ""));
    return *rule;
}

/// Beyond these years dates are written in no form that can be read again.
constexpr Instant first_instant = sys_days{std::chrono::year{0} / 1 / 1};
constexpr Instant past_instant = sys_days{std::chrono::year{10'000} / 1 / 1};

TextError out_of_range(std::string found) {
    return refusal("no zone has rules for this year", std::move(found), "a date that exists in the years 0 to 9999");
}

class SystemZones final : public ZoneDatabase {
  public:
    Result<ZoneAnswer> look_up(const LocalTime& local) const override {
        const auto zone = find_zone(local.zone);
        if (!zone) return failure(zone.error());
        const bool is_date = local.date.ok() && local.date.year() >= std::chrono::year{0} &&
                             local.date.year() < std::chrono::year{10'000};
        const bool is_time = local.time_of_day >= Elapsed::zero() && local.time_of_day <= days{1};
        if (!is_date || !is_time) return failure(out_of_range(to_text(local)));

        const Instant wall = sys_days{local.date} + local.time_of_day;
        const auto info = (*zone)->get_info(date::local_seconds{wall.time_since_epoch()});
        if (info.result == date::local_info::unique && is_open_ended(info.first)) {
            const auto rule = yearly_rule(local.zone);
            if (!rule) return failure(rule.error());
            return rule->look_up(wall);
        }
        const Instant before = wall - info.first.offset;
        if (info.result == date::local_info::unique) return ZoneAnswer{ZoneAnswer::Kind::unique, before, before};
        const auto kind =
            info.result == date::local_info::ambiguous ? ZoneAnswer::Kind::overlap : ZoneAnswer::Kind::gap;
        return ZoneAnswer{kind, before, wall - info.second.offset};
    }

    Result<LocalTime> local_time(Instant at, const std::string& zone_name) const override {
        const auto zone = find_zone(zone_name);
        if (!zone) return failure(zone.error());
        if (at < first_instant || at >= past_instant) return failure(out_of_range(to_text(at)));

        const auto info = (*zone)->get_info(at);
        Elapsed offset = info.offset;
        if (is_open_ended(info)) {
            const auto rule = yearly_rule(zone_name);
            if (!rule) return failure(rule.error());
            offset = rule->offset_at(at);
        }
        const Instant wall = at + offset;
        const auto day = std::chrono::floor<days>(wall);
        return LocalTime{Date{day}, wall - day, zone_name};
    }

    std::string version() const override {
        constexpr std::string_view label = "# version ";
        std::ifstream file(zone_files + "tzdata.zi");
        std::string line;
        if (!std::getline(file, line) || !line.starts_with(label)) return "unknown";
        return line.substr(label.size());
    }
};

}  // namespace

const ZoneDatabase& system_zones() {
    static const SystemZones zones;
    return zones;
}

}  // namespace crowdrules
