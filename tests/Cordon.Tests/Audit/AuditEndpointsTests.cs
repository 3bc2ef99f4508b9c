using System.Net;
using System.Net.Http.Json;
using Cordon.Casework;
using Cordon.Casework.Audit;
using Cordon.Casework.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cordon.Tests.Audit;

public sealed class AuditEndpointsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("cordon-audit-").FullName;

    [Fact]
    public async Task A_member_can_take_a_checkpoint_and_prove_a_leaf_against_it()
    {
        await using var app = await StartAsync();
        using var client = app.GetTestClient();
        Assert.True(VerifierKey.TryParse((await client.GetStringAsync("/audit/key", SealedLog.Cancel)).TrimEnd('\n'), out var key));
        var note = await client.GetStringAsync("/audit/checkpoint", SealedLog.Cancel);
        Assert.Equal(CheckpointFault.None, Checkpoint.TryOpen(note, key, out var checkpoint));
        Assert.Equal(12, checkpoint!.Size);

        var proof = await client.GetFromJsonAsync<InclusionProof>("/audit/proof/inclusion?leaf=5&size=12", CaseworkJson.Options, SealedLog.Cancel);
        Assert.True(MerkleTree.VerifyInclusion(5, 12, Hash(proof!.LeafHash), [.. proof.Hashes.Select(Hash)], checkpoint.Root));

        var page = await client.GetFromJsonAsync<AuditCheckpointPage>("/audit/checkpoints?limit=1", CaseworkJson.Options, SealedLog.Cancel);
        Assert.Equal((8L, 8L), (Assert.Single(page!.Items).Size, page.Next!.Value));
        Assert.Equal(CheckpointFault.None, Checkpoint.TryOpen(page.Items[0].Note, key, out var earlier));
        var grown = await client.GetFromJsonAsync<ConsistencyProof>("/audit/proof/consistency?from=8&to=12", CaseworkJson.Options, SealedLog.Cancel);
        Assert.True(MerkleTree.VerifyConsistency(8, 12, earlier!.Root, checkpoint.Root, [.. grown!.Hashes.Select(Hash)]));
        Assert.Null((await client.GetFromJsonAsync<AuditCheckpointPage>("/audit/checkpoints?after=8", CaseworkJson.Options, SealedLog.Cancel))!.Next);
    }

    [Theory]
    [InlineData("/audit/proof/inclusion?leaf=12&size=12", HttpStatusCode.BadRequest, "audit/bad-leaf")]
    [InlineData("/audit/proof/inclusion?leaf=1&size=13", HttpStatusCode.NotFound, "audit/beyond-tree")]
    [InlineData("/audit/proof/consistency?from=0&to=12", HttpStatusCode.BadRequest, "audit/bad-sizes")]
    [InlineData("/audit/proof/consistency?from=1&to=13", HttpStatusCode.NotFound, "audit/beyond-tree")]
    [InlineData("/audit/checkpoints?limit=0", HttpStatusCode.BadRequest, "audit/bad-page")]
    public async Task What_cannot_be_proved_is_a_problem_with_its_code(string path, HttpStatusCode status, string code)
    {
        await using var app = await StartAsync();
        using var client = app.GetTestClient();
        using var answer = await client.GetAsync(path, SealedLog.Cancel);
        Assert.Equal(status, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<ProblemDetails>(SealedLog.Cancel);
        Assert.Equal(code, problem!.Extensions["code"]!.ToString());
    }

    [Fact]
    public async Task Before_the_first_seal_there_is_no_checkpoint()
    {
        await using var app = await StartAsync(events: 0);
        using var client = app.GetTestClient();
        using var answer = await client.GetAsync("/audit/checkpoint", SealedLog.Cancel);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private async Task<WebApplication> StartAsync(int events = 12)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<IIdSource>(new CountedIds(7));
        builder.Services.ConfigureHttpJsonOptions(json => CaseworkJson.Configure(json.SerializerOptions));
        builder.Services.AddStorage(new StorageOptions { SqliteFile = Path.Combine(folder, "cordon.db") });
        builder.Services.AddAudit(new AuditOptions { Origin = SealedLog.Origin, KeyFile = Path.Combine(folder, "keys", "audit.key"), Batch = 8 });
        var app = builder.Build();
        app.MapAudit();
        await using (var scope = app.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<CaseworkContext>().MigrateAsync(SealedLog.Cancel);
        var speech = new Speech("api");
        if (events > 0)
            await app.Services.GetRequiredService<CaseworkStore>().ChangeAsync<int>(Actor.System("test"), change =>
            {
                for (var i = 0; i < events; i++) change.Record(speech, new Said(change.Now, "text", null));
                return Task.FromResult<Outcome<int>>(events);
            }, SealedLog.Cancel);
        await app.Services.GetRequiredService<AuditSequencer>().SealAsync(SealedLog.Cancel);
        await app.StartAsync(SealedLog.Cancel);
        return app;
    }

    private static TreeHash Hash(string text)
    {
        Assert.True(TreeHash.TryParse(text, out var hash));
        return hash;
    }
}
