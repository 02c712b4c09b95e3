using Meters.Cards;
using Meters.Supplies;
using Platform.Languages;

namespace Meters.Users;

/// <summary>The search criteria. An omitted criterion does not filter.</summary>
/// <param name="UserNumber" example="000000000042">The full user number.</param>
/// <param name="Name" example="王小">The beginning of the name.</param>
/// <param name="Phone" example="13800138000">The full phone number.</param>
/// <param name="Address" example="2 单元">A part of the address.</param>
/// <param name="MeterNumber" example="202600000001">The number of a meter that the user has or had.</param>
/// <param name="CardNumber" example="9900000000000010">The number of the user's card.</param>
/// <param name="State" example="opened">registered, opened or closed.</param>
/// <param name="Limit" example="100">1 to 1,000; the default is 100.</param>
/// <param name="After" example="AAAAAAAAAAE">The cursor of the previous page.</param>
public sealed record SearchMeterUsersRequest(
    string? UserNumber = null,
    string? Name = null,
    string? Phone = null,
    string? Address = null,
    string? MeterNumber = null,
    string? CardNumber = null,
    MeterUserState? State = null,
    int? Limit = null,
    string? After = null
)
{
    internal PageRequest Page => new(Limit, After);
}

/// <summary>A meter user in a list. Personal data is masked unless the caller may see it.</summary>
/// <param name="UserId" example="126437891174400004">The user's id.</param>
/// <param name="UserNumber" example="000000000042">用户编号.</param>
/// <param name="Name" example="*小明">Masked unless the caller may see personal data.</param>
/// <param name="Phone" example="138****8000">Masked unless the caller may see personal data.</param>
/// <param name="Address" example="1 号*********">Masked unless the caller may see personal data.</param>
/// <param name="State">registered, opened or closed.</param>
public sealed record MeterUserItem(string UserId, string UserNumber, string Name, string Phone, string Address, MeterUserState State);

/// <summary>Finds users by anything that is known of them (PM-03.2, PM-05.3).</summary>
internal static class SearchMeterUsers
{
    internal sealed record Query(SearchMeterUsersRequest Body) : IQuery<Page<MeterUserItem>>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/meter-users/searches",
                    (SearchMeterUsersRequest body, Sender send, CancellationToken ct) => send.Query(new Query(body), ct)
                )
                .WithName(nameof(SearchMeterUsers))
                .WithSummary("Search meter users")
                .WithDescription(
                    "Oldest first. Without a card a user can be looked up; a sale needs the card. The search uses POST to keep personal data "
                        + "out of URLs, and stores nothing."
                )
                .RequireRight(MeterRights.See)
                .Reads<Page<MeterUserItem>>()
                .Refuses(typeof(PageInvalid), typeof(ValidationFailed), typeof(Overloaded));
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Body.UserNumber).Matches("^[0-9]{12}$");
            RuleFor(q => q.Body.Name).PlainText(Limits.Name);
            RuleFor(q => q.Body.Phone).PlainText(Limits.Phone);
            RuleFor(q => q.Body.Address).PlainText(Limits.Address);
            RuleFor(q => q.Body.MeterNumber).Matches("^[0-9]{12}$");
            RuleFor(q => q.Body.CardNumber!).CardNumber().When(q => q.Body.CardNumber is not null);
            RuleFor(q => q.Body.State).IsInEnum();
        }
    }

    internal sealed class Handler(AppDb db, PersonalDataReads reads, RequestContext request) : QueryHandler<Query, Page<MeterUserItem>>
    {
        protected override async Task<Outcome<Page<MeterUserItem>>> Read(Query sent, CancellationToken ct)
        {
            var query = sent.Body;
            if (!query.Page.IsValid)
            {
                return new PageInvalid();
            }

            var after = query.Page.AfterId;
            var rows = Matching(query, db.Set<MeterUser>()).Where(u => u.Id > after).OrderBy(u => u.Id);
            var whole = request.Caller.Has(AccessRights.SeePersonalData);
            var page = await query.Page.Read(rows, u => u.Id, u => Item(u, whole), ct);
            return whole && await reads.Record("meter-users", [.. page.Items.Select(i => i.UserNumber)]) is { } notRecorded
                ? notRecorded
                : page;
        }

        private IQueryable<MeterUser> Matching(SearchMeterUsersRequest query, IQueryable<MeterUser> users)
        {
            if (query.UserNumber is { } number)
            {
                users = users.Where(u => u.Number == number);
            }

            if (query.Name is { } name)
            {
                users = users.Where(u => u.Name.StartsWith(name));
            }

            if (query.Phone is { } phone)
            {
                users = users.Where(u => u.Phone == phone);
            }

            if (query.Address is { } address)
            {
                users = users.Where(u => u.Address.Contains(address));
            }

            if (query.MeterNumber is { } meter)
            {
                users = users.Where(u => db.Set<MeterSupply>().Any(s => s.UserId == u.Id && s.MeterNumber == meter));
            }

            if (query.CardNumber is { } card)
            {
                users = users.Where(u => db.Set<MeterCard>().Any(c => c.UserId == u.Id && c.Number == card));
            }

            return query.State is { } state ? users.Where(u => u.State == state) : users;
        }
    }

    internal static MeterUserItem Item(MeterUser user, bool whole) =>
        new(
            IdText.Of(user.Id),
            user.Number,
            whole ? user.Name : Mask.Name(user.Name),
            whole ? user.Phone : Mask.Phone(user.Phone),
            whole ? user.Address : Mask.Phone(user.Address),
            user.State
        );
}
