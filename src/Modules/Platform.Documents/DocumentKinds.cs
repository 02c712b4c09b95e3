using Microsoft.Extensions.Hosting;

namespace Platform.Documents;

/// <summary>
/// The kinds of document that the modules brought, and which transactions have them. Hosted so that it is made at the start, which is refused where a
/// type of transaction names a paper that nobody brings.
/// </summary>
internal sealed class DocumentKinds : IHostedService
{
    private readonly Dictionary<string, DocumentKind[]> _byType;

    public DocumentKinds(IEnumerable<DocumentKind> kinds, TransactionTypes types)
    {
        var byName = kinds.ToDictionary(k => k.Name);
        foreach (var type in types.All)
        {
            if (type.Papers.FirstOrDefault(p => !byName.ContainsKey(p)) is { } missing)
            {
                throw new StartRefusedException(
                    $"The transaction type {type} has the paper {missing}, which no module brings; name one that there is.",
                    $"交易类型 {type} 的单据 {missing} 没有任何模块提供，请改为已有的单据。"
                );
            }
        }

        _byType = types.All.ToDictionary(
            t => t.Name,
            t => t.Papers.Order(StringComparer.Ordinal).Select(p => byName[p]).ToArray(),
            StringComparer.Ordinal
        );
    }

    public DocumentKind[] Of(Transaction transaction) => _byType.GetValueOrDefault(transaction.Type, []);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
