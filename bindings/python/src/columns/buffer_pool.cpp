// SPDX-License-Identifier: BSL-1.0
#include "column.hpp"
#include <algorithm>
#include <cstdlib>
#include <mutex>
#include <new>
#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace crowdrules::python {
namespace {

/// Blocks that were given back.
class FreeList {
  public:
    static constexpr std::size_t most = std::size_t{1} << 26;

    /// One of at least so many bytes, but not of twice as many; its size replaces `bytes`. Nothing where there is none.
    /// The one given back last, which may still be in the caches.
    void* take(std::size_t& bytes) {
        const std::lock_guard locked(mutex_);
        const auto fits = [&](const Block& block) { return block.bytes >= bytes && block.bytes / 2 <= bytes; };
        const auto found = std::find_if(blocks_.rbegin(), blocks_.rend(), fits);
        if (found == blocks_.rend()) return nullptr;
        const Block block = *found;
        blocks_.erase(found.base() - 1);
        bytes_ -= block.bytes;
        bytes = block.bytes;
        return block.memory;
    }
    bool give(void* memory, std::size_t bytes) {
        const std::lock_guard locked(mutex_);
        if (bytes > most) return false;
        // The oldest go first: they are of sizes that nobody has asked for since.
        while (bytes_ + bytes > most || blocks_.size() == blocks_.capacity()) {
            std::free(blocks_.front().memory);
            bytes_ -= blocks_.front().bytes;
            blocks_.erase(blocks_.begin());
        }
        blocks_.push_back({memory, bytes});
        bytes_ += bytes;
        return true;
    }

    FreeList() { blocks_.reserve(16); }

  private:
    struct Block {
        void* memory;
        std::size_t bytes;
    };
    std::mutex mutex_;
    std::vector<Block> blocks_;
    std::size_t bytes_ = 0;
};

/// Memory of the system; in large pages where it has them, which it hands out ten times faster.
void* fresh(std::size_t& bytes) {
#if defined(__linux__)
    constexpr std::size_t page = std::size_t{1} << 21;
    if (bytes >= 2 * page) {
        bytes = (bytes + page - 1) / page * page;
        void* memory = std::aligned_alloc(page, bytes);
        if (memory != nullptr) madvise(memory, bytes, MADV_HUGEPAGE);
        return memory;
    }
#endif
    return std::malloc(std::max<std::size_t>(bytes, 1));
}

/// Never destroyed: columns may outlive everything else of the process.
FreeList& free_list() {
    static auto* const all = new FreeList;
    return *all;
}

}  // namespace

PooledBuffer::PooledBuffer(std::size_t bytes) : memory_(nullptr), bytes_(bytes) {
    if (bytes_ >= pooled_from) memory_ = free_list().take(bytes_);
    if (memory_ == nullptr) memory_ = fresh(bytes_);
    if (memory_ == nullptr) throw std::bad_alloc();
}

PooledBuffer::~PooledBuffer() {
    if (bytes_ < pooled_from || !free_list().give(memory_, bytes_)) std::free(memory_);
}

}  // namespace crowdrules::python
