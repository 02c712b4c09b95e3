using Access.Branches;
using Customers;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Funding.Contracts;

/// <summary>Keeps a new discount contract; only headquarters may (FC-38.1).</summary>
internal static class CreateContract
{
    private const int MaxYears = 10;

    internal sealed record Command(CreateContractRequest Body) : IChangeCommand<ContractResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/discount-contracts",
                    (CreateContractRequest body, Sender send, CancellationToken ct) => send.Change(new Command(body), ct)
                )
                .WithName(nameof(CreateContract))
                .WithSummary("Create a discount contract")
                .WithDescription("Headquarters only. A contract cannot be changed or deleted. End it and create another one.")
                .RequireRight(FundingRights.EditContracts)
                .Changes<ContractResponse>(StatusCodes.Status201Created)
                .ProducesRefusals<OnlyHeadquarters, ContractCodeUsed, ContractCustomersUnknown>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Body.Code)
                .NotNull()
                .Matches("^[A-Z0-9][A-Z0-9-]{0,19}$")
                .WithMessage("Give 1 to 20 capitals, digits and hyphens.", "须为 1 至 20 位大写字母、数字或连字符。");
            RuleFor(c => c.Body.Name).NotNull().PlainText(100);
            RuleFor(c => c.Body.ValidTo)
                .GreaterThanOrEqualTo(c => c.Body.ValidFrom)
                .LessThanOrEqualTo(c => c.Body.ValidFrom.AddYears(MaxYears))
                .When(c => c.Body.ValidFrom.Year is > 2000 and < 3000);
            RuleFor(c => c.Body.ValidFrom)
                .Must(d => d.Year is > 2000 and < 3000)
                .WithErrorCode("Date")
                .WithMessage("Give a date between 2001 and 2999.", "请输入 2001 年至 2999 年之间的日期。");
            RuleFor(c => c.Body.BonusCap).InclusiveBetween(1, Limits.CollectionFen);
            RuleFor(c => c.Body.CustomerCodes).Count(0, ContractTerms.MaxCustomers);
            RuleFor(c => c.Body.CustomerCodes)
                .Must(c => c is null || c.Distinct().Count() == c.Count)
                .WithErrorCode("Distinct")
                .WithMessage("Name each customer once.", "每个客户只能出现一次。");
            RuleForEach(c => c.Body.CustomerCodes).CustomerCode();
            RuleFor(c => c.Body.CardTypes)
                .Must(c => c is null || c.Distinct().Count() == c.Count)
                .WithErrorCode("Distinct")
                .WithMessage("Name each card type once.", "每种卡类型只能出现一次。");
            RuleFor(c => c.Body.Tiers).Count(1, ContractTerms.MaxTiers);
            RuleFor(c => c.Body.Tiers)
                .Must(t => !t.Contains(null!))
                .WithErrorCode("NotNull")
                .Must(t => t.Contains(null!) || t.Zip(t.Skip(1)).All(p => p.First.FromAmount < p.Second.FromAmount))
                .WithErrorCode("Rising")
                .WithMessage("The amounts of the tiers must ascend.", "档次金额须递增。");
            RuleForEach(c => c.Body.Tiers)
                .ChildRules(tier =>
                {
                    tier.RuleFor(t => t.FromAmount).InclusiveBetween(1, Limits.CollectionFen);
                    tier.RuleFor(t => t.BonusBasisPoints).InclusiveBetween(0, ContractTerms.MaxBasisPoints);
                    tier.RuleFor(t => t.PointsPerYuan).InclusiveBetween(0, ContractTerms.MaxPointsPerYuan);
                });
        }
    }

    internal sealed class Handler(AppDb db, RequestContext request, BranchTree branches) : BookingHandler<Command, ContractResponse>
    {
        protected override async Task<Outcome<Booking<ContractResponse>>> Decide(Command command, CancellationToken ct)
        {
            if ((await branches.Get(request.Caller.BranchId, ct)).Level != BranchLevel.Headquarters)
            {
                return new OnlyHeadquarters();
            }

            var body = command.Body;
            var codes = body.CustomerCodes?.ToArray() ?? [];
            var customers = await db.Set<Customer>().Where(c => codes.Contains(c.Code)).ToDictionaryAsync(c => c.Code, c => c.Id, ct);
            var unknown = codes.Except(customers.Keys).ToList();
            return unknown.Count > 0 ? new ContractCustomersUnknown(unknown) : Keep(body, [.. codes.Select(c => customers[c])]);
        }

        private Booking<ContractResponse> Keep(CreateContractRequest body, IReadOnlyList<long> customerIds)
        {
            var contract = new DiscountContract
            {
                Id = Ids.Next(),
                Code = body.Code,
                Name = body.Name,
                ValidFrom = body.ValidFrom,
                ValidTo = body.ValidTo,
                Terms = new ContractTerms(customerIds, body.CardTypes ?? [], body.Tiers, body.BonusCap),
            };
            var response = ContractResponse.Of(
                contract,
                customerIds.Zip(body.CustomerCodes ?? []).ToDictionary(p => p.First, p => p.Second)
            );
            return new Booking<ContractResponse>(
                Ids.Next(),
                request.Actor,
                new AuditNote("create-contract", $"contract:{contract.Code}"),
                _ => Answer.Created($"/v1/discount-contracts/{contract.Code}", response)
            )
                .Insert(contract)
                .IfDuplicate(DiscountContract.CodeIndex, new ContractCodeUsed(contract.Code));
        }
    }
}
