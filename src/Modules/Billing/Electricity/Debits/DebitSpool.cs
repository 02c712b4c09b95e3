using Microsoft.EntityFrameworkCore;

namespace Billing.Electricity.Debits;

/// <summary>Puts a debit file together again.</summary>
internal static class DebitSpool
{
    /// <summary>The file as it was taken, from its parts, in a scratch file.</summary>
    public static async Task<FileStream> Spool(this AppDb db, DebitFile file, CancellationToken ct)
    {
        var content = ScratchFile.Open();
        var parts = await db.Set<DebitFilePart>().Where(p => p.FileId == file.Id).CountAsync(ct);
        for (var number = 0; number < parts; number++)
        {
            var wanted = number;
            var part = await db.Set<DebitFilePart>().AsNoTracking().SingleAsync(p => p.FileId == file.Id && p.Number == wanted, ct);
            await content.WriteAsync(part.Bytes, ct);
        }

        content.Position = 0;
        return content;
    }
}
