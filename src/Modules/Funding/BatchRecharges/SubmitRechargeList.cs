using Access.Branches;
using Customers;
using FluentValidation;
using Funding.Allocations;
using Funding.BatchRecharges.Checking;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform.Tables;

namespace Funding.BatchRecharges;

/// <summary>
/// Takes a unit's recharge list: the file is the request's body, goes to disk as it comes, and is kept as it came. It is checked in the
/// background, so the answer is 202 with the list to follow.
/// </summary>
internal static class SubmitRechargeList
{
    internal sealed record Command(string CustomerCode, string Format, string? FileName, bool? Repeat) : IBookingCommand<RechargeListView>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/recharge-lists",
                    (string customerCode, string format, string? fileName, bool? repeat, Sender send, CancellationToken ct) =>
                        send.Book(new Command(customerCode, format, fileName, repeat), ct)
                )
                .WithName(nameof(SubmitRechargeList))
                .WithOperation("SubmitRechargeList")
                .WithSummary("Submit a recharge list")
                .WithDescription(
                    "The body is the file: at most 32 MiB and 100,000 lines, in the layout of the batch file guide. format is dat, xls "
                        + "or xlsx. customerCode names the paying unit, an organisation. An identical file is refused unless repeat=true; "
                        + "rejected and voided lists do not count. The list is checked in the background. Follow it until it is "
                        + "submitted, or rejected with a reason for every bad line."
                )
                .WithMetadata(new TakesFile(RechargeListLimits.FileBytes))
                .Accepts<byte[]>("application/octet-stream")
                .RequireRight(FundingRights.SubmitRechargeList)
                .Books<RechargeListView>(StatusCodes.Status202Accepted)
                .Refuses(typeof(CustomerNotFound), typeof(CustomerNotUsable), typeof(UnitMustBeOrganisation))
                .ProducesRefusals<FileEmpty, FileSubmittedBefore, BodyTooLarge, UnsupportedMediaType>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.CustomerCode).CustomerCode();
            RuleFor(c => c.Format).NotNull().NameOf<Command, TableFormat>();
            RuleFor(c => c.FileName).PlainText(RechargeList.FileNameLength);
        }
    }

    internal sealed class Handler(AppDb db, RequestContext request, TimeProvider clock) : BookingHandler<Command, RechargeListView>
    {
        protected override async Task<Outcome<Booking<RechargeListView>>> Decide(Command command, CancellationToken ct)
        {
            if (request.Upload is not { Length: > 0 } upload)
            {
                return new FileEmpty();
            }

            var unit = await db.Set<Customer>().SingleOrDefaultAsync(c => c.Code == command.CustomerCode, ct);
            var hash = Convert.ToHexStringLower([.. upload.Sha256]);
            if ((Refuse(unit) ?? await SubmittedBefore(hash, command.Repeat ?? false, ct)) is { } refusal)
            {
                return refusal;
            }

            var list = NewList(command, unit!, hash, upload.Length);
            var booking = Booking(list, await NewView(list, unit!, ct));
            foreach (var part in await RechargeListContent.Parts(list.Id, upload.Open(), ct))
            {
                booking.Insert(part);
            }

            return booking;
        }

        private static Refusal? Refuse(Customer? unit) =>
            unit is null ? new CustomerNotFound()
            : unit.Kind != CustomerKind.Organisation ? new UnitMustBeOrganisation()
            : unit.State != CustomerState.Active ? new CustomerNotUsable(Json.Name(unit.State))
            : null;

        /// <summary>Whichever unit and branch it came from: two units do not hand in the same cards and amounts to the byte.</summary>
        private async Task<Refusal?> SubmittedBefore(string hash, bool meant, CancellationToken ct)
        {
            RechargeListState[] bookedNothing = [RechargeListState.Rejected, RechargeListState.Voided];
            var before = meant
                ? null
                : await db.Set<RechargeList>()
                    .Where(l => l.ContentHash == hash && !bookedNothing.Contains(l.State))
                    .OrderBy(l => l.Id)
                    .Select(l => (long?)l.Id)
                    .FirstOrDefaultAsync(ct);
            return before is { } id ? new FileSubmittedBefore(SerialNumber.Of(id)) : null;
        }

        private RechargeList NewList(Command command, Customer unit, string hash, long bytes) =>
            new()
            {
                Id = Ids.Next(),
                CustomerId = unit.Id,
                BranchId = request.Caller.BranchId,
                OperatorId = request.Caller.OperatorId,
                SubmittedAt = clock.GetUtcNow().UtcDateTime,
                Format = Json.Value<TableFormat>(command.Format)!.Value,
                FileName = command.FileName,
                FileBytes = (int)bytes,
                ContentHash = hash,
                ContentKey = command.Repeat == true ? null : hash,
                State = RechargeListState.Checking,
            };

        private async Task<RechargeListView> NewView(RechargeList list, Customer unit, CancellationToken ct)
        {
            var branch = await db.Set<Branch>().Where(b => b.Id == list.BranchId).Select(b => b.Code).SingleAsync(ct);
            var row = new RechargeListRow(list, unit.Code, unit.Name, branch, request.Caller.Login, null, 0, 0);
            return RechargeListRows.View(row, list.SubmittedAt);
        }

        private Booking<RechargeListView> Booking(RechargeList list, RechargeListView view) =>
            new Booking<RechargeListView>(
                list.Id,
                request.Actor,
                new AuditNote("submit-recharge-list", $"customer:{list.CustomerId}", new { list.FileBytes, list.ContentHash }),
                _ => Answer.Accepted($"/v1/recharge-lists/{list.SerialNumber}", view)
            )
                .WithHead(
                    new Transaction(list.Id, FundingTransactions.RechargeListSubmitted, request.Actor) { CustomerId = list.CustomerId }
                )
                .Insert(list)
                .Insert(
                    new RechargeListJob
                    {
                        Id = Ids.Next(),
                        ListId = list.Id,
                        Kind = RechargeListJobKind.Check,
                        LeasedUntil = RechargeListLimits.NeverLeased,
                    }
                )
                .IfDuplicate(RechargeList.ContentIndex, new FileSubmittedBefore(null));
    }
}

/// <summary>What lists and their files are bounded by.</summary>
internal static class RechargeListLimits
{
    /// <summary>Bytes of a file: 32 MiB.</summary>
    public const int FileBytes = 32 * 1024 * 1024;

    /// <summary>The lease of a piece of work that nobody has held yet.</summary>
    public static readonly DateTime NeverLeased = DateTime.UnixEpoch;
}
