using Customers.Reach;
using FluentValidation;
using Issuance.Holders;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform.Approvals;

namespace Cheques;

/// <summary>A customer's cheque mode.</summary>
/// <param name="Mode" example="onSight">When the customer's cheques become usable. Cheques received earlier keep their mode.</param>
public sealed record SetChequeModeRequest(ChequeMode Mode);

/// <summary>A customer's current cheque mode.</summary>
/// <param name="Mode" example="onSight">When the customer's cheques become usable.</param>
/// <param name="Version" example="3">Also the ETag.</param>
public sealed record ChequeModeResponse(ChequeMode Mode, int Version) : IVersionedResponse;

/// <summary>
/// Sets whether a customer is credited on clearing or on sight (FC-31.3): with approval, at the customer's branch or above it (FC-31.6), since on
/// sight the issuer stands in for the cheque.
/// </summary>
internal static class SetChequeMode
{
    public static readonly ApprovalAction Action = new("set-cheque-mode", "Set a customer's cheque mode", "设置客户支票入账方式");

    internal sealed record Command(string CustomerCode, string? IfMatch, SetChequeModeRequest Body) : IChangeCommand<ChequeModeResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPut(
                    "/customers/{customerCode}/cheque-mode",
                    (
                        string customerCode,
                        [FromHeader(Name = "If-Match")] string? ifMatch,
                        SetChequeModeRequest body,
                        Sender send,
                        CancellationToken ct
                    ) => send.Change(new Command(customerCode, ifMatch, body), ct)
                )
                .WithName(nameof(SetChequeMode))
                .WithSummary("Set a customer's cheque mode")
                .WithDescription(
                    "Only the customer's branch or a branch above it can set the mode, with an approval (action set-cheque-mode). "
                        + "Cheques received earlier keep their mode. If-Match carries the ETag that was read; the ETag is \"0\" before "
                        + "the first change."
                )
                .RequireRight(ChequeRights.SetMode)
                .Changes<ChequeModeResponse>()
                .TakesApproval()
                .ProducesRefusals<NotFound, PreconditionRequired, PreconditionFailed, CustomerOutOfReach>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.CustomerCode).CustomerCode();
            RuleFor(c => c.Body.Mode).IsInEnum();
        }
    }

    internal sealed class Handler(AppDb db, MoneyReach reach, RequestContext request) : BookingHandler<Command, ChequeModeResponse>
    {
        protected override async Task<Outcome<Booking<ChequeModeResponse>>> Decide(Command command, CancellationToken ct)
        {
            var customer = await db.Set<Customer>().SingleOrDefaultAsync(c => c.Code == command.CustomerCode, ct);
            if (customer is null)
            {
                return new NotFound("customer");
            }

            if (await reach.Change(customer, cardSessionId: null, ct) is { } outOfReach)
            {
                return outOfReach;
            }

            var known = await db.Set<CustomerChequeMode>().SingleOrDefaultAsync(m => m.CustomerId == customer.Id, ct);
            if (EntityTag.Check(command.IfMatch, known?.Version ?? 0) is { } refusal)
            {
                return refusal;
            }

            if (!request.IsApproved(Action))
            {
                return request.ApprovalRequired(
                    Action,
                    new ApprovalSubject
                    {
                        CustomerCode = customer.Code,
                        CustomerName = customer.Name,
                        Facts = [new ApprovalFact("Cheque mode", "支票入账方式", Json.Name(command.Body.Mode), ModeZh(command.Body.Mode))],
                    }
                );
            }

            var version = (known?.Version ?? 0) + 1;
            var booking = new Booking<ChequeModeResponse>(
                Ids.Next(),
                request.ApprovedActor(Action),
                new AuditNote(Action.Name, $"customer:{customer.Id}", new { command.Body.Mode }),
                _ => Answer.Ok(new ChequeModeResponse(command.Body.Mode, version))
            );
            if (known is null)
            {
                return booking.Insert(
                    new CustomerChequeMode
                    {
                        CustomerId = customer.Id,
                        Mode = command.Body.Mode,
                        Version = version,
                    }
                );
            }

            known.Mode = command.Body.Mode;
            return booking.Update(known);
        }

        private static string ModeZh(ChequeMode mode) => mode == ChequeMode.OnSight ? "见票即充" : "到账充值";
    }
}
