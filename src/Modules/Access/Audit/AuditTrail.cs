using System.Globalization;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.Audit;

namespace Access.Audit;

/// <summary>What records of the audit trail are looked for; each part may be left out. The queries are it themselves.</summary>
internal interface IAuditFilter
{
    /// <summary>The first instant.</summary>
    DateTimeOffset? RecordedFrom { get; }

    /// <summary>The first instant that is not meant any more.</summary>
    DateTimeOffset? RecordedTo { get; }

    string? BranchCode { get; }

    string? OperatorId { get; }

    string? Action { get; }

    string? Outcome { get; }

    /// <summary>The whole subject, such as <c>card:12</c>.</summary>
    string? Subject { get; }

    string? SerialNumber { get; }
}

/// <summary>How the audit trail is narrowed.</summary>
internal static class AuditFilterRules
{
    public const string Description =
        "Filters: time (`recordedFrom` inclusive, `recordedTo` exclusive), `operatorId`, `action`, `outcome`, `subject` and "
        + "`serialNumber`. Without `branchCode`, the list covers your branch and those below it. Headquarters also sees records without a "
        + "branch. Reading the trail is recorded.";

    private const int NameLength = 60;
    private const int SubjectLength = 80;

    public static void FilterRules<T>(this AbstractValidator<T> rules)
        where T : IAuditFilter
    {
        rules.RuleFor(q => q.BranchCode).BranchCode();
        rules.RuleFor(q => q.OperatorId).IdText();
        rules.RuleFor(q => q.Action).PlainText(NameLength);
        rules.RuleFor(q => q.Outcome).PlainText(NameLength);
        rules.RuleFor(q => q.Subject).PlainText(SubjectLength);
        rules.RuleFor(q => q.SerialNumber!).SerialNumber().When(q => q.SerialNumber is not null);
        rules
            .RuleFor(q => q)
            .Must(q => q.RecordedFrom is not { } from || q.RecordedTo is not { } to || from < to)
            .WithName("RecordedTo")
            .WithMessage("recordedFrom must be before recordedTo.", "recordedFrom 必须早于 recordedTo。");
    }
}

/// <summary>The records that were looked for, to be ordered and paged.</summary>
internal sealed record FoundRecords(IQueryable<AuditRecord> Records);

/// <summary>Reads the audit trail for those who may, newest first, and puts the reading itself on record (PL-06.32).</summary>
internal sealed class AuditTrail(AppDb db, BranchScope scope, RequestContext request, Books books)
{
    /// <summary>Ids are given a little before their records are written; how much at most.</summary>
    private static readonly TimeSpan s_idAhead = TimeSpan.FromMinutes(10);

    /// <summary>The records in reach that the filter names.</summary>
    public async Task<Outcome<FoundRecords>> Find(IAuditFilter filter, CancellationToken ct)
    {
        var found = await scope.Find(filter.BranchCode, ct);
        if (found.Refusal is { } refusal)
        {
            return refusal;
        }

        var records = Narrowed(db.Set<AuditRecord>(), filter);
        if (filter.BranchCode is null && found.Value.Level == BranchLevel.Headquarters)
        {
            return new FoundRecords(records);
        }

        var branches = db.Set<Branch>().Within(found.Value, filter.BranchCode).Select(b => (long?)b.Id);
        return new FoundRecords(records.Where(r => branches.Contains(r.BranchId)));
    }

    /// <summary>Puts on record who looked for what, before anything is shown. A refusal when that cannot be written.</summary>
    public async Task<Refusal?> Record(string action, IAuditFilter filter)
    {
        var asked = new
        {
            filter.RecordedFrom,
            filter.RecordedTo,
            filter.BranchCode,
            filter.OperatorId,
            filter.Action,
            filter.Outcome,
            filter.Subject,
            filter.SerialNumber,
        };
        var note = new AuditNote(action, "audit-trail", asked);
        var result = await books.Post(new SilentBooking(Ids.Next(), request.Actor, note));
        return result is BookingResult.Refused refused ? refused.Refusal : null;
    }

    /// <summary>Records as they are shown, with what the ids in them are called.</summary>
    public async Task<List<AuditTrailItem>> Items(IReadOnlyList<AuditRecord> records, CancellationToken ct)
    {
        var people = records.SelectMany(r => (long?[])[r.OperatorId, r.ApproverId]).OfType<long>().Distinct().ToArray();
        var places = records.Select(r => r.BranchId).OfType<long>().Distinct().ToArray();
        var logins = await db.Set<Operator>().Where(o => people.Contains(o.Id)).ToDictionaryAsync(o => o.Id, o => o.Login, ct);
        var codes = await db.Set<Branch>().Where(b => places.Contains(b.Id)).ToDictionaryAsync(b => b.Id, b => b.Code, ct);
        var (first, last) = records.Count == 0 ? (0, 0) : (records.Min(r => r.Id), records.Max(r => r.Id));
        var ids = records.Select(r => r.Id).ToArray();
        var booked = (
            await db.Set<Transaction>().Where(t => t.Id >= first && t.Id <= last && ids.Contains(t.Id)).Select(t => t.Id).ToListAsync(ct)
        ).ToHashSet();
        return
        [
            .. records.Select(r => new AuditTrailItem(
                IdText.Of(r.Id),
                r.At,
                r.BranchId is { } branch ? codes.GetValueOrDefault(branch) : null,
                r.OperatorId is { } by ? IdText.Of(by) : null,
                r.OperatorId is { } login ? logins.GetValueOrDefault(login) : null,
                r.ApproverId is { } approver ? IdText.Of(approver) : null,
                r.ApproverId is { } second ? logins.GetValueOrDefault(second) : null,
                r.Action,
                r.Subject,
                r.Outcome,
                booked.Contains(r.Id) ? SerialNumber.Of(r.Id) : null,
                r.Detail
            )),
        ];
    }

    private static IQueryable<AuditRecord> Narrowed(IQueryable<AuditRecord> records, IAuditFilter filter)
    {
        if (filter.RecordedFrom is { } from)
        {
            var (utc, id) = (from.UtcDateTime, Ids.At(WithIds(from) - s_idAhead));
            records = records.Where(r => r.Id >= id && r.At >= utc);
        }

        if (filter.RecordedTo is { } to)
        {
            var (utc, id) = (to.UtcDateTime, Ids.At(WithIds(to)));
            records = records.Where(r => r.Id <= id && r.At < utc);
        }

        if (filter.OperatorId is { } operatorId)
        {
            // More digits than an id has are nobody's.
            var person = long.TryParse(operatorId, CultureInfo.InvariantCulture, out var parsed) ? parsed : 0;
            records = records.Where(r => r.OperatorId == person);
        }

        if (filter.Action is { } action)
        {
            records = records.Where(r => r.Action == action);
        }

        if (filter.Outcome is { } outcome)
        {
            records = records.Where(r => r.Outcome == outcome);
        }

        if (filter.Subject is { } subject)
        {
            records = records.Where(r => r.Subject == subject);
        }

        if (filter.SerialNumber is { } serialNumber)
        {
            var id = SerialNumber.Parse(serialNumber) ?? 0;
            records = records.Where(r => r.Id == id);
        }

        return records;
    }

    /// <summary>An instant that has ids: from the year in which they begin to one that no clock reaches.</summary>
    private static DateTimeOffset WithIds(DateTimeOffset instant) =>
        instant < s_first ? s_first
        : instant > s_last ? s_last
        : instant;

    private static readonly DateTimeOffset s_first = Ids.TimeOf(0);
    private static readonly DateTimeOffset s_last = s_first.AddYears(60);
}
