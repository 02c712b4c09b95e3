namespace Billing.Electricity.Merchants;

/// <summary>The bank's 9-digit number of a branch (EB-01.4).</summary>
internal sealed class InstitutionNumber : IVersioned
{
    public const string NumberIndex = "IX_institution_numbers_Number";

    public long BranchId { get; init; }

    public required string Number { get; set; }

    public int Version { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<InstitutionNumber>
    {
        public void Configure(EntityTypeBuilder<InstitutionNumber> builder)
        {
            builder.ToTable("institution_numbers");
            builder.HasKey(n => n.BranchId);
            builder.Property(n => n.Number).HasMaxLength(9);
            builder.HasIndex(n => n.Number, NumberIndex).IsUnique();
        }
    }
}

/// <summary>The bank's number of a branch.</summary>
/// <param name="InstitutionNumber" example="901041700">机构号, 9 digits.</param>
public sealed record SetInstitutionNumberRequest(string InstitutionNumber);

/// <summary>A branch with the bank's number.</summary>
/// <param name="BranchCode" example="10100001">The branch.</param>
/// <param name="InstitutionNumber" example="901041700">机构号.</param>
/// <param name="Version" example="1">Also the ETag.</param>
public sealed record InstitutionNumberResponse(string BranchCode, string InstitutionNumber, int Version) : IVersionedResponse;

/// <summary>Another branch has the number.</summary>
public sealed record InstitutionNumberUsed()
    : Refusal("institution-number-used", 409, "Another branch has this institution number.", "该机构号已由其他网点使用。");

/// <summary>Gives a branch the bank's institution number.</summary>
internal static class SetInstitutionNumber
{
    internal sealed record Command(string BranchCode, string? IfMatch, SetInstitutionNumberRequest Body)
        : IChangeCommand<InstitutionNumberResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPut(
                    "/electricity/institutions/{branchCode}",
                    (
                        string branchCode,
                        [FromHeader(Name = "If-Match")] string? ifMatch,
                        SetInstitutionNumberRequest body,
                        Sender send,
                        CancellationToken ct
                    ) => send.Change(new Command(branchCode, ifMatch, body), ct)
                )
                .WithName(nameof(SetInstitutionNumber))
                .WithSummary("Set a branch's institution number")
                .WithDescription("If-Match carries the ETag that was read; the ETag is \"0\" before the first change.")
                .RequireRight(ElectricityRights.KeepUnits)
                .Changes<InstitutionNumberResponse>()
                .Refuses(typeof(PreconditionRequired), typeof(PreconditionFailed), typeof(BranchOutOfReach))
                .ProducesRefusals<NotFound, InstitutionNumberUsed>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.BranchCode).BranchCode();
            RuleFor(c => c.Body.InstitutionNumber).NotNull().Matches("^[0-9]{9}$");
        }
    }

    internal sealed class Handler(AppDb db, BranchScope scope, RequestContext request) : BookingHandler<Command, InstitutionNumberResponse>
    {
        protected override async Task<Outcome<Booking<InstitutionNumberResponse>>> Decide(Command command, CancellationToken ct)
        {
            var found = await scope.Find(command.BranchCode, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            var branch = found.Value;
            var known = await db.Set<InstitutionNumber>().SingleOrDefaultAsync(n => n.BranchId == branch.Id, ct);
            if (EntityTag.Check(command.IfMatch, known?.Version ?? 0) is { } stale)
            {
                return stale;
            }

            var (number, version) = (command.Body.InstitutionNumber, (known?.Version ?? 0) + 1);
            var booking = new Booking<InstitutionNumberResponse>(
                Ids.Next(),
                request.Actor,
                new AuditNote("set-institution-number", $"branch:{branch.Id}", new { old = known?.Number, number }),
                _ => Answer.Ok(new InstitutionNumberResponse(branch.Code, number, version))
            ).IfDuplicate(InstitutionNumber.NumberIndex, new InstitutionNumberUsed());
            if (known is null)
            {
                return booking.Insert(
                    new InstitutionNumber
                    {
                        BranchId = branch.Id,
                        Number = number,
                        Version = version,
                    }
                );
            }

            known.Number = number;
            return booking.Update(known);
        }
    }
}
