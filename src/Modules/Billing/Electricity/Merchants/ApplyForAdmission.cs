namespace Billing.Electricity.Merchants;

/// <summary>An application of a union.</summary>
/// <param name="MerchantCode" example="0006">商户编码.</param>
/// <param name="UnionCode" example="10100000">机构号 of the union, 8 digits.</param>
/// <param name="Industry" example="power">商户行业.</param>
/// <param name="ShortName" example="示范电力">商户简称.</param>
/// <param name="BusinessKind" example="electricity">业务种类.</param>
/// <param name="Mode" example="both">业务方式.</param>
/// <param name="AreaCode" example="3701">地区码, 4 to 6 digits.</param>
public sealed record ApplyForAdmissionRequest(
    string MerchantCode,
    string UnionCode,
    string Industry,
    string ShortName,
    string BusinessKind,
    BusinessMode Mode,
    string AreaCode
);

/// <summary>An admission.</summary>
/// <param name="AdmissionId" example="150224112025602">Its id.</param>
/// <param name="MerchantCode" example="0006">商户编码.</param>
/// <param name="UnionCode" example="10100000">机构号.</param>
/// <param name="Industry" example="power">商户行业.</param>
/// <param name="ShortName" example="示范电力">商户简称.</param>
/// <param name="BusinessKind" example="electricity">业务种类.</param>
/// <param name="Mode" example="both">业务方式.</param>
/// <param name="AreaCode" example="3701">地区码.</param>
/// <param name="State" example="open">状态.</param>
/// <param name="EffectiveFrom" example="2026-01-05">The date from which it is open; null before it is opened.</param>
/// <param name="AppliedBy" example="150224112025602">The operator who applied.</param>
/// <param name="DecidedBy" example="150224112025603">The operator who agreed or declined.</param>
/// <param name="OpenedBy" example="150224112025604">The operator who opened it last.</param>
/// <param name="Version" example="1">Also the ETag.</param>
public sealed record AdmissionResponse(
    string AdmissionId,
    string MerchantCode,
    string UnionCode,
    string Industry,
    string ShortName,
    string BusinessKind,
    BusinessMode Mode,
    string AreaCode,
    AdmissionState State,
    DateOnly? EffectiveFrom,
    string AppliedBy,
    string? DecidedBy,
    string? OpenedBy,
    int Version
) : IVersionedResponse
{
    internal static AdmissionResponse Of(Admission a, string unionCode, int version) =>
        new(
            IdText.Of(a.Id),
            a.MerchantCode,
            unionCode,
            a.Industry,
            a.ShortName,
            a.BusinessKind,
            a.Mode,
            a.AreaCode,
            a.State,
            a.EffectiveFrom,
            IdText.Of(a.AppliedBy),
            a.DecidedBy is { } decided ? IdText.Of(decided) : null,
            a.OpenedBy is { } opened ? IdText.Of(opened) : null,
            version
        );
}

/// <summary>The union has an admission for this merchant.</summary>
public sealed record AdmissionKnown()
    : Refusal("admission-known", 409, "The union has an admission for this power group.", "该联社已有此商户的准入信息。");

/// <summary>There is no such admission.</summary>
public sealed record AdmissionUnknown() : Refusal("admission-unknown", 404, "There is no such admission.", "无此准入信息。");

/// <summary>The state of the admission forbids it.</summary>
/// <param name="State">Its state.</param>
public sealed record AdmissionStateForbids(AdmissionState State)
    : Refusal("admission-state-forbids", 409, $"The admission is {Json.Name(State)}.", "准入信息的状态不允许此操作。");

/// <summary>The same person took an earlier step.</summary>
public sealed record AnotherPersonNeeded()
    : Refusal("another-person-needed", 403, "Another person must take this step.", "须由另一人办理。");

/// <summary>4690: the union applies (EB-01.5). A declined application may be made anew.</summary>
internal static class ApplyForAdmission
{
    internal sealed record Command(ApplyForAdmissionRequest Body) : IBookingCommand<AdmissionResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/electricity/admissions",
                    (ApplyForAdmissionRequest body, Sender send, CancellationToken ct) => send.Book(new Command(body), ct)
                )
                .WithName(nameof(ApplyForAdmission))
                .WithOperation("ApplyForAdmission")
                .WithSummary("Apply for admission (4690)")
                .WithDescription(
                    "The union applies. The province's business department then agrees or declines, and its parameter desk opens the business. "
                        + "Three persons take the three steps. A declined application may be made again."
                )
                .RequireRight(ElectricityRights.Apply)
                .Books<AdmissionResponse>()
                .ProducesRefusals<MerchantUnknown, NotFound, UnionOutOfReach, AdmissionKnown>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Body.MerchantCode).NotNull().Matches("^[0-9]{4}$");
            RuleFor(c => c.Body.UnionCode).NotNull().BranchCode();
            RuleFor(c => c.Body.Industry).NotNull().PlainText(ElectricityLimits.Number);
            RuleFor(c => c.Body.ShortName).NotNull().PlainText(ElectricityLimits.Name);
            RuleFor(c => c.Body.BusinessKind).NotNull().PlainText(ElectricityLimits.Number);
            RuleFor(c => c.Body.Mode).IsInEnum();
            RuleFor(c => c.Body.AreaCode).NotNull().Matches("^[0-9]{4,6}$");
        }
    }

    internal sealed class Handler(AppDb db, BranchTree tree, RequestContext request) : BookingHandler<Command, AdmissionResponse>
    {
        protected override async Task<Outcome<Booking<AdmissionResponse>>> Decide(Command command, CancellationToken ct)
        {
            var body = command.Body;
            if (!await db.Set<PowerMerchant>().AnyAsync(m => m.Code == body.MerchantCode, ct))
            {
                return new MerchantUnknown();
            }

            if (await tree.FindByCode(body.UnionCode, ct) is not { } union)
            {
                return new NotFound("branch");
            }

            if (!await tree.IsSameOrSuperior(union.Id, request.Caller.BranchId, ct))
            {
                return new UnionOutOfReach();
            }

            var known = await db.Set<Admission>()
                .SingleOrDefaultAsync(a => a.MerchantCode == body.MerchantCode && a.UnionId == union.Id, ct);
            if (known is not null and not { State: AdmissionState.Declined })
            {
                return new AdmissionKnown();
            }

            var admission =
                known
                ?? new Admission
                {
                    Id = Ids.Next(),
                    MerchantCode = body.MerchantCode,
                    UnionId = union.Id,
                    Industry = "",
                    ShortName = "",
                    BusinessKind = "",
                    AreaCode = "",
                };
            var version = known is null ? 0 : known.Version + 1;
            (admission.Industry, admission.ShortName, admission.BusinessKind) = (body.Industry, body.ShortName, body.BusinessKind);
            (admission.Mode, admission.AreaCode, admission.State) = (body.Mode, body.AreaCode, AdmissionState.Applied);
            (admission.AppliedBy, admission.DecidedBy, admission.OpenedBy) = (request.Caller.OperatorId, null, null);
            var booking = new Booking<AdmissionResponse>(
                Ids.Next(),
                request.Actor,
                new AuditNote("apply-for-admission", $"admission:{admission.Id}"),
                _ =>
                    Answer.Created(
                        $"/v1/electricity/admissions/{IdText.Of(admission.Id)}",
                        AdmissionResponse.Of(admission, union.Code, version)
                    )
            ).IfDuplicate(Admission.PlaceIndex, new AdmissionKnown());
            return known is null ? booking.Insert(admission) : booking.Update(admission);
        }
    }
}
