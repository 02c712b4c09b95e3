using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Platform.Approvals;

namespace Platform.Ledger.Requests;

/// <summary>Keeps what was refused for want of an approval, so that it can be approved (PL-02.6).</summary>
public sealed class ApprovalRequests(AppDb db, Books books, RequestContext request, TimeProvider clock)
{
    /// <summary>
    /// The refusal with the id under which the request is kept: the one that waits already where the same is asked again, so that a front end that
    /// repeats itself does not fill the approvers' list.
    /// </summary>
    public async Task<Refusal> Keep(ApprovalRequired asked, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(asked);
        var (now, requester) = (clock.GetUtcNow().UtcDateTime, request.Caller.OperatorId);
        var rights = string.Join(' ', asked.Subject.RightsOfApprover.Order(StringComparer.Ordinal));
        var waiting = await db.Set<ApprovalRequest>()
            .Where(r => r.RequesterId == requester && r.ExpiresAt > now && r.State == ApprovalRequestState.Waiting)
            .OrderBy(r => r.Id)
            .ToListAsync(ct);
        if (waiting.Find(r => r.Action == asked.Action && r.ApproverRights == rights && r.Digest.SequenceEqual(request.Digest)) is { } same)
        {
            return asked with { ApprovalRequestId = IdText.Of(same.Id) };
        }

        if (waiting.Count >= ApprovalRequest.MostWaiting)
        {
            return new TooManyApprovalRequests((int)Math.Ceiling((waiting[0].ExpiresAt - now).TotalSeconds));
        }

        var row = New(asked, rights, now);
        var note = new AuditNote("ask-approval", $"approval-request:{IdText.Of(row.Id)}", new { asked.Action });
        var result = await books.Post(new SilentBooking(row.Id, request.Actor, note).Insert(row));
        return result switch
        {
            BookingResult.Answered => asked with { ApprovalRequestId = IdText.Of(row.Id) },
            BookingResult.Refused refused => refused.Refusal,
            _ => new ConcurrentChange(),
        };
    }

    private ApprovalRequest New(ApprovalRequired asked, string rights, DateTime now)
    {
        var subject = asked.Subject;
        return new ApprovalRequest
        {
            Id = Ids.Next(),
            State = ApprovalRequestState.Waiting,
            Action = asked.Action,
            TitleEn = asked.Title!.En,
            TitleZh = asked.Title.Zh,
            Digest = request.Digest,
            Target = Target(request.Http),
            BranchId = request.Caller.BranchId,
            RequesterId = request.Caller.OperatorId,
            CustomerCode = subject.CustomerCode,
            CustomerName = subject.CustomerName,
            CardNumber = subject.CardNumber,
            Amount = subject.Amount,
            Facts = Fitting(subject.Facts),
            Fields = Fitting(RequestFields.Of(request.Body)),
            ApproverRights = rights,
            ExpiresAt = now + ApprovalRequest.GoodFor,
        };
    }

    private static string Target(HttpRequest? http)
    {
        var target = $"{http?.Method} {http?.Path}{http?.QueryString}";
        return target.Length <= ApprovalRequest.TextLength ? target : target[..ApprovalRequest.TextLength];
    }

    /// <summary>As many of the items as the column holds.</summary>
    private static string Fitting<T>(IEnumerable<T> items)
    {
        var (fitting, length) = (new List<T>(), 2);
        foreach (var item in items)
        {
            length += JsonSerializer.Serialize(item, Json.Options).Length + 1;
            if (length > ApprovalRequest.TextLength)
            {
                break;
            }

            fitting.Add(item);
        }

        return JsonSerializer.Serialize(fitting, Json.Options);
    }
}
