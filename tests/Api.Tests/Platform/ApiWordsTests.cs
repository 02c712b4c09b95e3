using Api.Description;
using Platform;

namespace Api.Tests.Platform;

/// <summary>What the modules say of the names in addresses, headers and bodies.</summary>
public sealed class ApiWordsTests
{
    [Fact]
    public async Task Each_meaning_that_a_module_declares_is_of_a_parameter_that_there_is()
    {
        var api = await ApiFile.Of(await TestHost.Shared(Database.Sqlite));
        var parameters = api.Operations.SelectMany(o => o.Parameters.Select(ApiOperation.Name)).ToHashSet();

        var explained = PlatformApiWords.All.Concat(ModuleList.All.SelectMany(m => m.ApiWords)).Where(w => w.Meaning is not null).ToList();

        Assert.NotEmpty(explained);
        Assert.Empty(explained.Select(w => w.Name).Except(parameters));
    }

    [Fact]
    public void A_name_that_two_modules_explain_refuses_the_start()
    {
        ApiWord[] words = [.. PlatformApiWords.All, new("meterNumber"), new("meterNumber", ApiPlace.Path)];
        Assert.NotNull(new Vocabulary(words));

        var refused = Assert.Throws<StartRefusedException>(() => new Vocabulary([.. words, new ApiWord("meterNumber")]));

        Assert.Contains("explains the name meterNumber twice", refused.Message, StringComparison.Ordinal);
    }
}
