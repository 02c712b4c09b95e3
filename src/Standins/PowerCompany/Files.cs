using System.Globalization;
using System.Text;

namespace Standins.PowerCompany;

/// <summary>A file on the shelf.</summary>
internal sealed record FileView(string Name, DateOnly Date, long Bytes, bool Complete);

/// <summary>Files between bank and company. One is complete when its .ok of zero bytes came after it.</summary>
internal sealed class FileShelf(PowerStore store)
{
    public IReadOnlyList<FileView> List(DateOnly date) =>
        store.Do(w =>
            w.All(
                "SELECT name, work_date, LENGTH(content), complete FROM files WHERE work_date = @d ORDER BY name",
                r => new FileView(
                    r.GetString(0),
                    DateOnly.Parse(r.GetString(1), CultureInfo.InvariantCulture),
                    r.GetInt64(2),
                    r.GetInt64(3) == 1
                ),
                ("@d", Days.Text(date))
            )
        );

    public byte[]? Content(string name) =>
        store.Do(w => w.One("SELECT content FROM files WHERE name = @n", r => r.GetFieldValue<byte[]>(0), ("@n", name)));

    /// <summary>Takes a file. The same name with other content is refused; a complete result file is applied to the books.</summary>
    public IResult Put(string name, byte[] content)
    {
        if (name.EndsWith(".ok", StringComparison.Ordinal))
        {
            return Complete(Path.ChangeExtension(name, ".txt"));
        }

        if (DateOf(name) is not { } date)
        {
            return Results.BadRequest(new PowerProblem("name", "The name of the file is not one."));
        }

        return store.Do(w =>
        {
            var known = w.One("SELECT content FROM files WHERE name = @n", r => r.GetFieldValue<byte[]>(0), ("@n", name));
            if (known is not null)
            {
                return known.AsSpan().SequenceEqual(content)
                    ? Results.Ok(new { name })
                    : Results.Conflict(new PowerProblem("file-known", "Another file has this name."));
            }

            w.Run(
                "INSERT INTO files (name, work_date, content, complete) VALUES (@n, @d, @c, 0)",
                ("@n", name),
                ("@d", Days.Text(date)),
                ("@c", content)
            );
            return Results.Created($"/files/{date:yyyy-MM-dd}/{name}", new { name });
        });
    }

    private IResult Complete(string name) =>
        store.Do(w =>
        {
            var content = w.One(
                "SELECT content FROM files WHERE name = @n AND complete = 0",
                r => r.GetFieldValue<byte[]>(0),
                ("@n", name)
            );
            if (content is not null)
            {
                w.Run("UPDATE files SET complete = 1 WHERE name = @n", ("@n", name));
                if (name.StartsWith("DKRES_", StringComparison.Ordinal))
                {
                    Apply(w, name, content);
                }
            }

            return Results.Ok(new { name });
        });

    /// <summary>What the bank debited is paid.</summary>
    private static void Apply(PowerWork w, string name, byte[] content)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var text = Encoding.GetEncoding("GBK").GetString(content);
        // The books have it on the work date that is open now: a file that was stopped overnight is not the old date's any more.
        var unit = name.Split('_')[2];
        var open = w.One(
            "SELECT work_date FROM days WHERE state = @on ORDER BY work_date DESC LIMIT 1",
            r => r.GetString(0),
            ("@on", Days.On)
        );
        var date = open is null ? DateOf(name)!.Value : DateOnly.Parse(open, CultureInfo.InvariantCulture);
        foreach (var line in text.Split("\r\n").Where(l => l.StartsWith("D|", StringComparison.Ordinal)))
        {
            var f = line.Split('|');
            if (f[13] != "0000")
            {
                continue;
            }

            var row = new PowerLine(
                date,
                unit,
                f[15],
                PaymentBook.Serial(w, date),
                f[2],
                f[6],
                f[4],
                Fen(f[7]),
                Fen(f[8]),
                Fen(f[9]),
                "03",
                f[16],
                "S"
            );
            LineBook.Add(w, row);
            w.Run("UPDATE receivables SET paid_by = @p WHERE id = @id", ("@p", "batch-" + f[15]), ("@id", f[6]));
        }
    }

    private static long Fen(string yuan) => (long)(decimal.Parse(yuan, CultureInfo.InvariantCulture) * 100);

    private static DateOnly? DateOf(string name) =>
        name.Split('_') is [_, _, _, { Length: 8 } date, _]
        && DateOnly.TryParseExact(date, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : null;
}

/// <summary>Files over HTTP.</summary>
internal static class FileRoutes
{
    public static void MapFiles(this WebApplication app)
    {
        app.MapGet("/files/{date}", (DateOnly date, FileShelf shelf) => Results.Ok(shelf.List(date))).As("files");
        app.MapGet(
                "/files/{date}/{name}",
                (DateOnly date, string name, FileShelf shelf) =>
                    shelf.Content(name) is { } content
                        ? Results.Bytes(content, "text/plain")
                        : Results.NotFound(new PowerProblem("file-unknown", $"There is no file {name} of {date:yyyy-MM-dd}."))
            )
            .As("files");
        app.MapPut(
                "/files/{name}",
                async (string name, HttpRequest request, FileShelf shelf) =>
                {
                    using var content = new MemoryStream();
                    await request.Body.CopyToAsync(content, request.HttpContext.RequestAborted);
                    return shelf.Put(name, content.ToArray());
                }
            )
            .As("files");
    }
}
