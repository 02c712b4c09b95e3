using System.Security.Cryptography;
using System.Text;

namespace Hardware.Agent.Operations;

/// <summary>
/// The API's one-time ticket, <c>&lt;operationId&gt;.&lt;secret&gt;</c>. It has no text form of its own, so that no log shows it by mistake.
/// </summary>
internal sealed class Ticket
{
    private const int SecretLength = 43;

    private Ticket(string text, string operationId)
    {
        Text = text;
        OperationId = operationId;
    }

    internal string OperationId { get; }

    /// <summary>The whole ticket, for the API's header and the journal only.</summary>
    internal string Text { get; }

    /// <summary>What is kept of a ticket that was used: enough to know it again, and nothing to use it with.</summary>
    internal string Hash => HashOf(Text);

    internal static string HashOf(string text) => Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(text)));

    internal static Ticket? Parse(string? text)
    {
        var dot = text?.IndexOf('.') ?? -1;
        if (text is null || dot is < 1 or > 19 || text.Length != dot + 1 + SecretLength)
        {
            return null;
        }

        var wellFormed = text.AsSpan(0, dot).IndexOfAnyExceptInRange('0', '9') < 0 && text.Skip(dot + 1).All(IsBase64Url);
        return wellFormed ? new Ticket(text, text[..dot]) : null;
    }

    public override string ToString() => $"ticket of operation {OperationId}";

    private static bool IsBase64Url(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_';
}
