using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Cordon.Casework.Deliveries;
using Cordon.Casework.Members;
using Cordon.Casework.Orders;
using Cordon.Engine.Signals;
using Cordon.Tests.Deliveries;
using Cordon.Tests.Gateways.Events;

namespace Cordon.Tests.Api;

/// <summary>A member's system over HTTP: it tells its endpoint, is told of an order, pulls it and answers with a signature.</summary>
public sealed class DeliveriesApiTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_system_sets_its_endpoint_up_is_told_of_an_order_pulls_it_and_signs_its_receipt()
    {
        await using var peer = await HttpsPeer.OpenAsync("localhost");
        await using var host = new ApiHost { Webhooks = HttpsPeer.Options };
        await host.InitializeAsync();
        using var system = await host.KeyAsync(ApiHost.BankA, KeyScopes.WebhooksWrite, KeyScopes.OrdersRead, KeyScopes.OrdersWrite);
        using (var told = await system.PutAsync("api/v1/members/bank-a/webhook", JsonContent.Create(new { url = peer.Url }), Cancel))
            Assert.Equal(HttpStatusCode.OK, told.StatusCode);
        Assert.Equal("active", (await system.GetFromJsonAsync<JsonElement>("api/v1/members/bank-a/webhook", Cancel)).GetProperty("state").GetString());
        await ExpectAsync(system.PutAsync("api/v1/members/bank-b/webhook", JsonContent.Create(new { url = peer.Url }), Cancel), 404, "webhook/no-member");
        await ExpectAsync(system.PutAsync("api/v1/members/bank-a/webhook", JsonContent.Create(new { url = "http://127.0.0.1/" }), Cancel), 400, "webhook/bad-url");

        var order = await host.IssueAsync("bank-a:77");
        var came = await peer.NextAsync(Cancel);
        // The keys are published to everybody, also to who has not signed in.
        using var nobody = host.Client();
        var published = await nobody.GetFromJsonAsync<JsonElement>(DeliveriesModule.PublishedAt, Cancel);
        var keys = published.GetProperty("items").EnumerateArray().Select(k => WebhookMessageTests.Public(k.GetProperty("key").GetString()!)).ToList();
        Assert.Equal(MessageFault.None, WebhookReceiver.Verify(came, keys, Instant.From(host.Time.GetUtcNow())));
        var data = DeliveryRig.Read(came).GetProperty("data");
        var pulled = await system.GetFromJsonAsync<JsonElement>($"api/v1/orders/{data.GetProperty("order").GetGuid()}", Cancel);
        Assert.Equal(data.GetProperty("version").GetInt32(), pulled.GetProperty("version").GetInt32());
        Assert.Equal(data.GetProperty("digest").GetString(), pulled.GetProperty("digest").GetString());
        Assert.Equal(data.GetProperty("digest").GetString(), OrderDigest.Of(pulled));

        using var pair = WebhookSecret.Generate();
        var clerk = await host.PersonAsync(Roles.MemberClerk);
        using var registered = await clerk.PostAsync("api/v1/members/bank-a/receipt-keys", JsonContent.Create(new { name = "Core", key = pair.Public.ToString() }), Cancel);
        var keyId = (await registered.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("id").GetGuid();
        var path = $"/api/v1/orders/{order.Id}/acknowledge";
        await ExpectAsync(system.PostAsync(path, ApiHost.Json("{}"), Cancel), 403, "receipt/unsigned");
        await ExpectAsync(SendAsync(system, path, "{}", DeliveryDeskTests.Sign(pair, keyId, path, "{ }", Instant.From(host.Time.GetUtcNow()))), 403, "receipt/other-digest");
        using (var taken = await SendAsync(system, path, "{}", DeliveryDeskTests.Sign(pair, keyId, path, "{}", Instant.From(host.Time.GetUtcNow()))))
            Assert.Equal(HttpStatusCode.OK, taken.StatusCode);

        // Over HTTP, too: the same key of a repeat with another body is another request.
        var heldPath = $"/api/v1/orders/{order.Id}/held";
        var (half, other) = ("""{"held":{"amount":"50.00","currency":"CNY"}}""", """{"held":{"amount":"60.00","currency":"CNY"}}""");
        for (var i = 0; i < 2; i++)
        {
            using var held = await SendAsync(system, heldPath, half, DeliveryDeskTests.Sign(pair, keyId, heldPath, half, Instant.From(host.Time.GetUtcNow())), "receipt-1");
            Assert.Equal(HttpStatusCode.OK, held.StatusCode);
        }
        await ExpectAsync(SendAsync(system, heldPath, other, DeliveryDeskTests.Sign(pair, keyId, heldPath, other, Instant.From(host.Time.GetUtcNow())), "receipt-1"), 422, "idempotency/other-body");
        await DeliveryRig.WrittenAsync(host.Get<DeliveryDesk>(), async () => (await host.Get<DeliveryDesk>().ListAsync(DeliveryRig.Admin, new DeliveryFilter { State = DeliveryState.Delivered })).Count == 1);
        var deliveries = await system.GetFromJsonAsync<JsonElement>("api/v1/deliveries?limit=1", Cancel);
        Assert.Equal("delivered", Assert.Single(deliveries.GetProperty("items").EnumerateArray()).GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_key_that_is_retired_is_published_no_more()
    {
        await using var host = new ApiHost();
        await host.InitializeAsync();
        using var nobody = host.Client();
        async Task<List<Guid>> PublishedAsync() =>
            [.. (await nobody.GetFromJsonAsync<JsonElement>(DeliveriesModule.PublishedAt, Cancel)).GetProperty("items").EnumerateArray().Select(k => k.GetProperty("id").GetGuid())];
        var keys = host.Get<SigningKeys>();
        var seen = (await keys.RotateAsync(DeliveryRig.Admin, Cancel)).Value.Id;
        var kept = (await keys.RotateAsync(DeliveryRig.Admin, Cancel)).Value.Id;
        Assert.Superset(new HashSet<Guid> { seen, kept }, (await PublishedAsync()).ToHashSet());
        var admin = await host.PersonAsync(Roles.Administrator);
        using (var retired = await admin.PostAsync($"api/v1/webhook-keys/{seen}/retire", null, Cancel)) Assert.Equal(HttpStatusCode.OK, retired.StatusCode);
        Assert.DoesNotContain(seen, await PublishedAsync());
        Assert.Contains(kept, await PublishedAsync());
        host.PutClockOn(SigningKeys.Overlap);
        Assert.Equal([kept], await PublishedAsync());
    }

    [Fact]
    public async Task Pages_of_deliveries_follow_each_other_and_a_slip_is_named()
    {
        await using var host = new ApiHost();
        await host.InitializeAsync();
        using var system = await host.KeyAsync(ApiHost.BankA, KeyScopes.WebhooksWrite, KeyScopes.OrdersRead);
        await system.PutAsync("api/v1/members/bank-a/webhook", JsonContent.Create(new { url = "https://hooks.bank-a.invalid/" }), Cancel);
        for (var i = 0; i < 3; i++) (await system.PostAsync("api/v1/members/bank-a/webhook/test", null, Cancel)).Dispose();
        var (seen, cursor) = (new HashSet<Guid>(), "");
        do
        {
            var page = await system.GetFromJsonAsync<JsonElement>($"api/v1/deliveries?limit=2{cursor}", Cancel);
            foreach (var item in page.GetProperty("items").EnumerateArray()) Assert.True(seen.Add(item.GetProperty("id").GetGuid()));
            cursor = page.TryGetProperty("next", out var next) ? "&cursor=" + next.GetString() : null;
        }
        while (cursor is not null);
        Assert.Equal(3, seen.Count);
        await ExpectAsync(system.GetAsync("api/v1/deliveries?cursor=AAAA", Cancel), 400, "page/bad-cursor");
        await ExpectAsync(system.GetAsync("api/v1/deliveries?member=!", Cancel), 404, "webhook/no-member");
        await ExpectAsync(system.PostAsync($"api/v1/deliveries/{seen.First()}/send-again", null, Cancel), 409, "delivery/not-dead");
    }

    internal static async Task<HttpResponseMessage> SendAsync(HttpClient client, string path, string body, SignedReceipt signed, string? repeat = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = ApiHost.Json(body) };
        request.Headers.Add(SignedReceipt.InputHeader, signed.Input);
        request.Headers.Add(SignedReceipt.SignatureHeader, signed.Signature);
        request.Headers.Add("Content-Digest", signed.Fields[SignedReceipt.DigestHeader]);
        if (repeat is not null) request.Headers.Add("Idempotency-Key", repeat);
        return await client.SendAsync(request, Cancel);
    }

    internal static async Task ExpectAsync(Task<HttpResponseMessage> answer, int status, string code)
    {
        using var response = await answer;
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.Equal((status, code), ((int)response.StatusCode, problem.GetProperty("code").GetString()));
    }
}
