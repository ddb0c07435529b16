// SPDX-License-Identifier: BSL-1.0
#include "measured.hpp"

#include "core/vector_clones.hpp"
#include <algorithm>
#include <array>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <new>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif
#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace measured {
namespace {

/// Memory in large pages where the system has them, written once, so that no benchmark pays for its first use.
class Memory {
  public:
    std::span<std::int64_t> first(std::size_t count) {
        if (count > size_) {
            const std::size_t bytes = (count * sizeof(std::int64_t) + page - 1) / page * page;
            data_.reset(static_cast<std::int64_t*>(std::aligned_alloc(page, bytes)));
            if (!data_) throw std::bad_alloc();
#if defined(__linux__)
            madvise(data_.get(), bytes, MADV_HUGEPAGE);
#endif
            std::fill_n(data_.get(), count, 0);
            size_ = count;
        }
        return {data_.get(), count};
    }
    [[nodiscard]] std::size_t size() const { return size_; }

  private:
    struct Free {
        void operator()(std::int64_t* data) const { std::free(data); }
    };
    static constexpr std::size_t page = std::size_t{2} << 20;
    std::unique_ptr<std::int64_t[], Free> data_;
    std::size_t size_ = 0;
};

double processor_seconds() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

template <class Pass>
double best_seconds(std::size_t bytes, Pass pass) {
    const std::size_t passes = std::max<std::size_t>(1, (std::size_t{64} << 20) / bytes);
    double best = 1e9;
    for (int attempt = 0; attempt < 5; ++attempt) {
        const double start = processor_seconds();
        for (std::size_t i = 0; i < passes; ++i) pass();
        best = std::min(best, (processor_seconds() - start) / static_cast<double>(passes));
    }
    return best;
}

CROWDRULES_VECTOR_CLONES
std::uint64_t read(const std::int64_t* column, std::size_t count) {
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < count; ++i) sum += static_cast<std::uint64_t>(column[i]);
    return sum;
}

/// One is added, so that this cannot become a call of memcpy, which chooses another way by size.
CROWDRULES_VECTOR_CLONES
void copy(const std::int64_t* __restrict from, std::int64_t* __restrict to, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) to[i] = from[i] + 1;
}

void stream(const std::int64_t* from, std::int64_t* to, std::size_t count) {
#if defined(__SSE2__)
    for (std::size_t i = 0; i + 2 <= count; i += 2)
        _mm_stream_si128(reinterpret_cast<__m128i*>(to + i),
                         _mm_loadu_si128(reinterpret_cast<const __m128i*>(from + i)));
    _mm_sfence();
#else
    copy(from, to, count);
#endif
}

}  // namespace

Column pledges(std::size_t count) {
    static Memory memory;
    const bool is_known = memory.size() >= count;
    const auto column = memory.first(count);
    if (is_known) return column;
    std::uint64_t state = 20120411;
    for (std::int64_t& pledge : column) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        const std::uint64_t limit = (state >> 60) == 0 ? 1'000 : 30'000;
        pledge = static_cast<std::int64_t>(1 + (state >> 20) % limit);
    }
    return column;
}

std::span<std::int64_t> room(std::size_t count, std::size_t place) {
    static std::array<Memory, 3> memory;
    return memory.at(place).first(count);
}

double seconds_to_read(Column column) {
    return best_seconds(column.size_bytes(), [&] { benchmark::DoNotOptimize(read(column.data(), column.size())); });
}

double seconds_to_copy(Column from, std::span<std::int64_t> to) {
    return seconds_to_copy(from, {to});
}

double seconds_to_copy(Column from, std::initializer_list<std::span<std::int64_t>> places) {
    return best_seconds(from.size_bytes() * places.size(), [&] {
        for (const auto to : places) copy(from.data(), to.data(), from.size());
        benchmark::ClobberMemory();
    });
}

double seconds_to_stream(Column from, std::span<std::int64_t> to) {
    return best_seconds(from.size_bytes(), [&] {
        stream(from.data(), to.data(), from.size());
        benchmark::ClobberMemory();
    });
}

void report(benchmark::State& state, std::size_t items, std::size_t bytes_per_item) {
    const auto all = static_cast<std::int64_t>(items) * static_cast<std::int64_t>(state.iterations());
    state.SetItemsProcessed(all);
    state.SetBytesProcessed(all * static_cast<std::int64_t>(bytes_per_item));
}

void report_share(benchmark::State& state, const char* of_what, double best_seconds) {
    state.counters[of_what] = benchmark::Counter(best_seconds, benchmark::Counter::kIsIterationInvariantRate);
}

}  // namespace measured
