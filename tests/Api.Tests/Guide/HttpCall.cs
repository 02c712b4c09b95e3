using System.Globalization;
using System.Text.RegularExpressions;

namespace Api.Tests.Guide;

/// <summary>The answer that a text shows beneath a call.</summary>
internal sealed record ShownAnswer(int Status, IReadOnlyDictionary<string, string> Headers, string Body);

/// <summary>A call as .http files write it, with the answer beneath where the text shows one.</summary>
/// <param name="Line">Where it stands.</param>
/// <param name="Title">What its file says of it; empty in the guide.</param>
/// <param name="Name">By which later calls use its answer.</param>
/// <param name="Until">What a member of the answer must be before the next call goes: <c># @until state = finished</c>.</param>
internal sealed partial record HttpCall(
    int Line,
    string Title,
    string? Name,
    (string Member, string Value)? Until,
    string Method,
    string Address,
    IReadOnlyDictionary<string, string> Headers,
    string Body,
    ShownAnswer? Answer
)
{
    /// <summary>The calls of a page: its blocks marked <c>http</c>.</summary>
    public static IEnumerable<HttpCall> OfMarkdown(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i] == "```http")
            {
                var end = Array.IndexOf(lines, "```", i + 1);
                yield return Parse(i + 1, "", lines[(i + 1)..end]);
                i = end;
            }
        }
    }

    /// <summary>The calls of a .http file: each begins with <c>###</c>.</summary>
    public static IEnumerable<HttpCall> OfFile(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var starts = lines.Index().Where(l => l.Item.StartsWith("###", StringComparison.Ordinal)).Select(l => l.Index).ToList();
        return starts
            .Zip(starts.Skip(1).Append(lines.Length))
            .Select(p => Parse(p.First + 1, lines[p.First][3..].Trim(), lines[(p.First + 1)..p.Second]));
    }

    /// <summary>What a .http file sets at its head: <c>@host = …</c>.</summary>
    public static Dictionary<string, string> Settings(string text) =>
        Setting().Matches(text).ToDictionary(m => m.Groups["name"].Value, m => m.Groups["value"].Value.Trim());

    private static HttpCall Parse(int line, string title, string[] lines)
    {
        var name = lines.Select(l => NameMark().Match(l)).FirstOrDefault(m => m.Success)?.Groups["name"].Value;
        var until = lines.Select(l => UntilMark().Match(l)).FirstOrDefault(m => m.Success);
        var text = lines.SkipWhile(l => l.StartsWith('#') || l.Length == 0).ToArray();
        var answerAt = Array.FindIndex(text, l => l.StartsWith("HTTP/1.1 ", StringComparison.Ordinal));
        var (first, headers, body) = Parts(answerAt < 0 ? text : text[..answerAt]);
        var request = first.Split(' ', 2);
        return new HttpCall(
            line,
            title,
            name,
            until is null ? null : (until.Groups["member"].Value, until.Groups["value"].Value),
            request[0],
            request[1].Trim(),
            headers,
            body,
            answerAt < 0 ? null : Shown(text[answerAt..])
        );
    }

    private static ShownAnswer Shown(string[] lines)
    {
        var (first, headers, body) = Parts(lines);
        return new ShownAnswer(int.Parse(first.Split(' ')[1], CultureInfo.InvariantCulture), headers, body);
    }

    private static (string First, Dictionary<string, string> Headers, string Body) Parts(string[] lines)
    {
        var headers = lines.Skip(1).TakeWhile(l => l.Length > 0).Where(l => !l.StartsWith('#')).ToList();
        var body = string.Join('\n', lines.Skip(1).SkipWhile(l => l.Length > 0)).Trim();
        return (lines[0], headers.Select(h => h.Split(':', 2)).ToDictionary(h => h[0].Trim(), h => h[1].Trim()), body);
    }

    [GeneratedRegex("^# @until (?<member>[A-Za-z]+) = (?<value>.+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex UntilMark();

    [GeneratedRegex("^# @name (?<name>[A-Za-z0-9]+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex NameMark();

    [GeneratedRegex(
        "^@(?<name>[A-Za-z]+) = (?<value>.*)$",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex Setting();
}
