using Microsoft.EntityFrameworkCore;

namespace Funding.BatchRecharges.Checking;

/// <summary>A list's file, as it came: cut into parts when it is kept, put together from them when it is read.</summary>
internal static class RechargeListContent
{
    /// <summary>The parts of an upload, to be inserted with its list.</summary>
    public static async Task<List<RechargeListFilePart>> Parts(long listId, Stream file, CancellationToken ct)
    {
        var parts = new List<RechargeListFilePart>();
        var buffer = new byte[RechargeListFilePart.MaxBytes];
        int read;
        while ((read = await file.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct)) > 0)
        {
            parts.Add(
                new RechargeListFilePart
                {
                    ListId = listId,
                    Number = parts.Count,
                    Bytes = buffer[..read],
                }
            );
        }

        return parts;
    }

    /// <summary>Writes the file to a stream, a part at a time.</summary>
    public static async Task Copy(AppDb db, long listId, Stream target, CancellationToken ct)
    {
        for (var number = 0; ; number++)
        {
            var part = await db.Set<RechargeListFilePart>()
                .Where(p => p.ListId == listId && p.Number == number)
                .Select(p => p.Bytes)
                .SingleOrDefaultAsync(ct);
            if (part is null)
            {
                return;
            }

            await target.WriteAsync(part, ct);
        }
    }

    /// <summary>The file on disk, for a reader that seeks; gone when it is closed.</summary>
    public static async Task<FileStream> Spool(AppDb db, RechargeList list, CancellationToken ct)
    {
        var file = ScratchFile.Open();
        try
        {
            await Copy(db, list.Id, file, ct);
            file.Position = 0;
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }
}
