using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using Microsoft.EntityFrameworkCore;
using Platform.Problems;

namespace Platform.Requests;

/// <summary>A page of a list. New rows do not shift the pages.</summary>
/// <param name="Items">The items, at most <c>limit</c>.</param>
/// <param name="Next">The cursor to send as <c>after</c> for the next page; null on the last page.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>What a list is asked with.</summary>
public sealed record PageRequest(int? Limit, string? After)
{
    public const int DefaultLimit = 100;
    public const int MaxLimit = 1_000;

    public int Size => Limit ?? DefaultLimit;

    public bool IsValid => Size is >= 1 and <= MaxLimit && (After is null || Cursor.Parse(After) is not null);

    /// <summary>The id after which the page starts.</summary>
    public long AfterId => After is null ? 0 : Cursor.Parse(After) ?? 0;

    /// <summary>Reads one row more than the page holds, to know whether there is a next page.</summary>
    public async Task<Page<TItem>> Read<TRow, TItem>(
        IQueryable<TRow> rowsAfterId,
        Func<TRow, long> id,
        Func<TRow, TItem> item,
        CancellationToken ct
    )
    {
        var rows = await rowsAfterId.Take(Size + 1).ToListAsync(ct);
        var more = rows.Count > Size;
        var shown = more ? rows[..Size] : rows;
        return new Page<TItem>([.. shown.Select(item)], more ? Cursor.Of(id(shown[^1])) : null);
    }
}

/// <summary>An opaque cursor: an id, base64url.</summary>
public static class Cursor
{
    public static string Of(long id)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, id);
        return Base64Url.EncodeToString(bytes);
    }

    public static long? Parse(string text)
    {
        Span<byte> bytes = stackalloc byte[8];
        // Not TryDecodeFromChars, which throws on a character that is no base64url.
        return
            text is { Length: 11 }
            && Base64Url.DecodeFromChars(text, bytes, out _, out var written) == OperationStatus.Done
            && written == bytes.Length
            ? BinaryPrimitives.ReadInt64BigEndian(bytes)
            : null;
    }
}

public sealed record PageInvalid()
    : Refusal(
        "page-invalid",
        400,
        "limit must be 1 to 1,000, and after must be the cursor from the previous page.",
        "limit 须为 1 至 1000,after 须为上一页返回的游标。"
    );
