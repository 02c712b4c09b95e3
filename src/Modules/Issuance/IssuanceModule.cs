using Access.Branches;
using Access.SystemParameters;
using Counter.BusinessDay;
using Counter.Transactions;
using Customers.Reach;
using Issuance.Blacklist;
using Issuance.Bonus;
using Issuance.CardSessions;
using Issuance.Closings;
using Issuance.Documents;
using Issuance.Holders;
using Issuance.Issuing;
using Issuance.Issuing.SubCards;
using Issuance.Replacing;
using Issuance.Restrictions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.Cards.Operations;
using Platform.Documents;
using Platform.Outbox;
using Platform.Parameters;
using Platform.Settings;

namespace Issuance;

/// <summary>Customers and cards: opening, issuing, showing (FC-01 to FC-08, FC-43.1).</summary>
public sealed class IssuanceModule : ILedgerModule
{
    public IReadOnlyList<Right> Rights => [.. IssuanceRights.All, .. CardLifeRights.All];

    public IReadOnlyList<AccountType> AccountTypes => IssuanceAccounts.All;

    public IReadOnlyList<TransactionType> TransactionTypes => IssuanceTransactions.All;

    public IReadOnlyList<Setting> Settings =>
        [new("Cards:ExpireEvery", "00:10:00", PlatformSettings.Pause, "Pause between rounds that expire cards.", "检查卡片过期的间隔。")];

    public IReadOnlyList<Parameter> Parameters => IssuanceParameters.All;

    public IReadOnlyList<EventType> Events => IssuanceEvents.Declared.All;

    public string ApiDescription =>
        "Customers, cards and what they may do: issuing, card sessions, states, restrictions, replacement, blacklist.";

    public IReadOnlyList<ApiWord> ApiWords => IssuanceApiWords.All;

    public IReadOnlyList<ICarterModule> Endpoints =>
        [
            new OpenPersonalSingle.Endpoint(),
            new OpenPersonalMain.Endpoint(),
            new OpenOrganisationSingle.Endpoint(),
            new OpenOrganisationMain.Endpoint(),
            new IssuePersonalSubs.Endpoint(),
            new IssuePersonalSubsWithCard.Endpoint(),
            new IssueOrganisationSubs.Endpoint(),
            new IssueOrganisationSubsWithCard.Endpoint(),
            new IssueSubCard.Endpoint(),
            new GetSubCardBatch.Endpoint(),
            new CloseSubCardBatch.Endpoint(),
            new SearchHolders.Endpoint(),
            new CheckHolder.Endpoint(),
            new OpenCardSession.Endpoint(),
            new GetCardSession.Endpoint(),
            new RestrictCard.Endpoint(),
            new GetRestrictions.Endpoint(),
            new SearchCards.Endpoint(),
            new FindCard.Endpoint(),
            .. CardLife,
        ];

    private static IReadOnlyList<ICarterModule> CardLife =>
        [
            new ReportCardLost.Endpoint(),
            new FindCardAgain.Endpoint(),
            new ReportCardDamaged.Endpoint(),
            new ExpireCard.Endpoint(),
            new BlockCard.Endpoint(),
            new UnblockCard.Endpoint(),
            new GetBlacklist.Endpoint(),
            new ReplaceCard.Endpoint(),
            new GetReplacement.Endpoint(),
        ];

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddDocument(ApplicationForm.Kind).AddDocument(FeeReceipt.Kind).AddDocument(SubCardList.Kind);
        services.AddOwnerNames(
            TransactionParties.Card,
            (db, ids) => db.Set<Card>().Where(c => ids.Contains(c.Id)).Select(c => new OwnerName(c.Id, c.Number))
        );
        services.AddDayEndLines(IssuanceDayEnd.Lines);
        foreach (var part in MoneyOnCustomerPage.Parts)
        {
            services.AddCustomerPart(part);
        }

        services.AddScoped<MoneyOfCustomer>();
        services.AddClosingPart<CardsInClosing>();
        services.AddCustomerPart(new CardsOnCustomerPage()).AddCustomerPart(new PendingOnCustomerPage());
        services.AddSingleton<CardMemory>();
        services.AddSingleton<IBooksRule, CardOwners>();
        services.AddSingleton<IssueOrders>();
        services.AddSingleton(new PurseAccount(IssuanceAccounts.Card));
        services.AddScoped<BonusLeft>();
        services.AddScoped<IssueDesk>();
        services.AddScoped<SubCardLimit>();
        services.AddScoped<SubCardBatches>();
        services.AddScoped<SubCardOpening>();
        services.AddScoped<CardPresence>();
        services.AddScoped<CardProofs>();
        services.AddScoped<ChipNames>();
        services.AddScoped(s => new MoneyReach(s.GetRequiredService<CustomerReach>(), s.GetRequiredService<CardPresence>()));
        services.AddSingleton<IHolderEvidence, CardShowsHolder>();
        services.AddScoped(s => new BearerCards(s.GetRequiredService<IssueOrders>(), s.GetRequiredService<IssueDesk>()));
        services.AddScoped<CardOperationFlow, IssueFlow>();
        services.AddScoped<CardOperationFlow, RestrictFlow>();
        services.AddScoped<CardOperationFlow, CardSessionFlow>();
        services.AddScoped<CardOperationFlow, ReplaceFlow>();
        services.AddScoped<ReplaceOrders>();
        services.AddScoped<CardChanges>();
        services.AddScoped<CardExpiry>();
        services.AddHostedService<CardExpiryJob>();
        services.AddSingleton<BlacklistNumbering>();
    }
}
