namespace Billing.Electricity.PayerAccounts;

/// <summary>Opens a payer's account at the caller's branch.</summary>
internal static class OpenPayerAccount
{
    internal sealed record Command(OpenPayerAccountRequest Body) : IBookingCommand<PayerAccountResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/electricity/payer-accounts",
                    (OpenPayerAccountRequest body, Sender send, CancellationToken ct) => send.Book(new Command(body), ct)
                )
                .WithName(nameof(OpenPayerAccount))
                .WithOperation("OpenPayerAccount")
                .WithSummary("Open a payer's account")
                .WithDescription(
                    "The account is kept in our books at the caller's branch, from which bills are paid by transfer and by batch debit."
                )
                .RequireRight(ElectricityRights.KeepAccounts)
                .Books<PayerAccountResponse>()
                .ProducesRefusals<PayerAccountKnown>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Body.AccountNumber).NotNull().Matches("^[0-9]{19}$");
            RuleFor(c => c.Body.Holder).NotNull().PlainText(ElectricityLimits.Name);
            RuleFor(c => c.Body.CertificateNumber).NotNull().CertificateNumber();
            RuleFor(c => c.Body.Kind).IsInEnum();
        }
    }

    internal sealed class Handler(RequestContext request) : BookingHandler<Command, PayerAccountResponse>
    {
        protected override Task<Outcome<Booking<PayerAccountResponse>>> Decide(Command command, CancellationToken ct)
        {
            var account = new PayerAccount
            {
                Id = Ids.Next(),
                Number = command.Body.AccountNumber,
                Holder = command.Body.Holder,
                CertificateNumber = command.Body.CertificateNumber,
                Kind = command.Body.Kind,
                BranchId = request.Caller.BranchId,
            };
            var branchCode = request.Caller.BranchCode;
            return Task.FromResult<Outcome<Booking<PayerAccountResponse>>>(
                new Booking<PayerAccountResponse>(
                    Ids.Next(),
                    request.Actor,
                    new AuditNote("open-payer-account", $"payer-account:{account.Id}"),
                    _ =>
                        Answer.Created(
                            PayerAccountAnswers.Location(account.Number),
                            new PayerAccountResponse(account.Number, account.Holder, account.Kind, account.State, branchCode, 0, 0)
                        )
                )
                    .Insert(account)
                    .IfDuplicate(PayerAccount.NumberIndex, new PayerAccountKnown())
            );
        }
    }
}
