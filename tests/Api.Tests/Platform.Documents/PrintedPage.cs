using System.Diagnostics;
using System.Globalization;
using System.Xml.Linq;

namespace Api.Tests.Platform.Documents;

/// <summary>A word on paper, with its place in points from the upper left corner.</summary>
internal sealed record PrintedWord(string Text, double Left, double Right);

/// <summary>A page as it comes out of the printer, read back by Debian's pdftotext.</summary>
internal sealed record PrintedPage(double Width, IReadOnlyList<PrintedWord> Words)
{
    public const string Program = "pdftotext";

    /// <summary>All words in a row, without blanks: where a line breaks does not matter.</summary>
    public string Text => string.Concat(Words.Select(w => w.Text));

    public static async Task<IReadOnlyList<PrintedPage>> Of(byte[] pdf)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllBytesAsync(file, pdf);
        var start = new ProcessStartInfo(Program) { UseShellExecute = false, RedirectStandardOutput = true };
        foreach (var argument in (string[])["-bbox", file, "-"])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{Program} did not start.");
        var page = XDocument.Parse(await process.StandardOutput.ReadToEndAsync());
        await process.WaitForExitAsync();
        File.Delete(file);
        return [.. page.Descendants().Where(e => e.Name.LocalName == "page").Select(Read)];
    }

    private static PrintedPage Read(XElement page) =>
        new(
            Number(page, "width"),
            [
                .. page.Elements()
                    .Select(w => new PrintedWord(w.Value.Replace(" ", "", StringComparison.Ordinal), Number(w, "xMin"), Number(w, "xMax"))),
            ]
        );

    private static double Number(XElement element, string name) =>
        double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);
}
