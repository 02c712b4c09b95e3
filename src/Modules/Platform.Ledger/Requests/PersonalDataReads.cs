namespace Platform.Ledger.Requests;

/// <summary>
/// Writes into the audit trail that personal data was shown whole (PL-06.31). What cannot be recorded is not shown: the refusal of the record is the
/// answer.
/// </summary>
public sealed class PersonalDataReads(Books books, RequestContext request)
{
    public const string Action = "see-personal-data";

    /// <summary>A record's detail is bounded: so many subjects stand in one.</summary>
    private const int InOneRecord = 100;

    /// <summary>One subject, such as <c>customer:12</c>.</summary>
    public Task<Refusal?> Record(string subject) => Record(new AuditNote(Action, subject));

    /// <summary>All those of a page; nothing when there is none.</summary>
    public async Task<Refusal?> Record(string kind, IReadOnlyList<string> codes)
    {
        foreach (var part in codes.Chunk(InOneRecord))
        {
            if (await Record(new AuditNote(Action, kind, new { codes = part })) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    /// <summary>What the note says.</summary>
    public async Task<Refusal?> Record(AuditNote note)
    {
        var booking = new SilentBooking(Ids.Next(), request.Actor, note);
        return await books.Post(booking) switch
        {
            BookingResult.Answered => null,
            BookingResult.Refused refused => refused.Refusal,
            _ => new Overloaded(),
        };
    }
}
