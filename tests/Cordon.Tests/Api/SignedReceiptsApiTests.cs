using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Cordon.Api;
using Cordon.Casework.Deliveries;
using Cordon.Casework.Members;
using Cordon.Engine.Signals;
using Cordon.Tests.Deliveries;
using static Cordon.Tests.Api.DeliveriesApiTests;

namespace Cordon.Tests.Api;

/// <summary>Signed answers that are large, refused and sent again, and the header where no answer is expected.</summary>
public sealed class SignedReceiptsApiTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_signed_answer_is_read_up_to_its_limit_and_refused_by_name_beyond_it()
    {
        await using var host = new ApiHost();
        await host.InitializeAsync();
        var (system, pair, key) = await PairAsync(host);
        var path = await PathAsync(host, "acknowledge");
        foreach (var length in new[] { (long)SignedReceipts.MostBody + 1, SignedReceipts.MostBody + 100_000 })
        {
            using var large = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(new byte[length]) };
            large.Headers.Add(SignedReceipt.InputHeader, "sig1=()");
            // With a length and without.
            if (length % 2 == 0) large.Headers.TransferEncodingChunked = true;
            large.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            await ExpectAsync(system.SendAsync(large, Cancel), 413, "receipt/too-large");
        }
        var body = $"{{\"note\":\"{new string('a', 200_000)}\"}}";
        using var taken = await SendAsync(system, path, body, DeliveryDeskTests.Sign(pair, key, path, body, Now(host)));
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
    }

    [Fact]
    public async Task Where_no_signed_answer_is_taken_the_header_means_nothing()
    {
        await using var host = new ApiHost();
        await host.InitializeAsync();
        using var system = await host.KeyAsync(ApiHost.BankA, KeyScopes.SignalsWrite);
        var statuses = new List<HttpStatusCode>();
        foreach (var signed in new[] { false, true })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/signals/call") { Content = ApiHost.Json(new string(' ', SignedReceipts.MostBody + 1)) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
            if (signed) request.Headers.Add(SignedReceipt.InputHeader, "sig1=()");
            using var answer = await system.SendAsync(request, Cancel);
            statuses.Add(answer.StatusCode);
        }
        Assert.Equal(statuses[0], statuses[1]);
        Assert.True(statuses[0] < HttpStatusCode.InternalServerError && statuses[0] != HttpStatusCode.RequestEntityTooLarge, statuses[0].ToString());
    }

    [Fact]
    public async Task An_answer_whose_signature_was_refused_is_taken_under_the_same_idempotency_key_once_it_is_signed_well()
    {
        await using var host = new ApiHost();
        await host.InitializeAsync();
        var (system, pair, key) = await PairAsync(host);
        var path = await PathAsync(host, "acknowledge");
        await ExpectAsync(SendAsync(system, path, "{}", DeliveryDeskTests.Sign(pair, key, path, "{}", Now(host) + TimeSpan.FromMinutes(6)), "receipt-1"), 403, "receipt/other-time");
        var (good, again) = (DeliveryDeskTests.Sign(pair, key, path, "{}", Now(host)), DeliveryDeskTests.Sign(pair, key, path, "{}", Now(host)));
        using (var taken = await SendAsync(system, path, "{}", good, "receipt-1"))
        {
            Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
            Assert.False(taken.Headers.Contains("Idempotency-Replayed"));
        }
        // What was taken is kept, as ever.
        using var repeated = await SendAsync(system, path, "{}", again, "receipt-1");
        Assert.True(repeated.Headers.Contains("Idempotency-Replayed"));
        // And so is a refusal of any other sort.
        var declined = await PathAsync(host, "decline");
        const string Body = """{"reason":""}""";
        for (var i = 0; i < 2; i++)
        {
            using var refused = await SendAsync(system, declined, Body, DeliveryDeskTests.Sign(pair, key, declined, Body, Now(host)), "receipt-2");
            Assert.Equal((HttpStatusCode.BadRequest, i == 1), (refused.StatusCode, refused.Headers.Contains("Idempotency-Replayed")));
        }
    }

    private static Instant Now(ApiHost host) => Instant.From(host.Time.GetUtcNow());

    private static async Task<string> PathAsync(ApiHost host, string answer) => $"/api/v1/orders/{(await host.IssueAsync($"bank-a:{answer}")).Id}/{answer}";

    private static async Task<(HttpClient System, WebhookSecret Pair, Guid Key)> PairAsync(ApiHost host)
    {
        var (system, pair) = (await host.KeyAsync(ApiHost.BankA, KeyScopes.OrdersRead, KeyScopes.OrdersWrite), WebhookSecret.Generate());
        var clerk = await host.PersonAsync(Roles.MemberClerk);
        using var registered = await clerk.PostAsync("api/v1/members/bank-a/receipt-keys", JsonContent.Create(new { name = "Core", key = pair.Public.ToString() }), Cancel);
        return (system, pair, (await registered.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("id").GetGuid());
    }
}
