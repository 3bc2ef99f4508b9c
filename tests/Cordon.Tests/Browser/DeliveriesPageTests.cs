using Cordon.Casework.Deliveries;
using Microsoft.Playwright;

namespace Cordon.Tests.Browser;

/// <summary>The page of webhooks: who is not reached, and a member's endpoint and keys.</summary>
[Collection(BrowserCollection.Name)]
public sealed class DeliveriesPageTests(ConsoleBrowser browser)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private DeliveryDesk Desk => browser.Host.Get<DeliveryDesk>();

    [Fact]
    public async Task An_administrator_sees_who_is_not_reached_and_why_and_sends_again_what_was_given_up()
    {
        var member = (await ConsoleDeliveries.MembersAsync(browser.Host))[1];
        await Desk.TestAsync(ConsoleDeliveries.Administrator, member, Cancel);
        var dead = (await Desk.ListAsync(ConsoleDeliveries.Administrator, new DeliveryFilter { Member = member }))[0];
        await Desk.AttemptedAsync(dead.Id, ConsoleDeliveries.UrlOf(member), DeliveryFault.CertificateRefused, null, null, Cancel);
        var page = await browser.OpenAsync("/deliveries", People.Administrator);
        var row = page.Locator($"#standing [data-member='{member}']");
        await Assertions.Expect(row).ToContainTextAsync("not reached");
        await Assertions.Expect(row).ToContainTextAsync("--webhook-ca");
        var lies = page.Locator($"#dead [data-delivery='{dead.Id}']");
        await lies.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Send again" }).ClickAsync();
        await Assertions.Expect(lies).ToHaveCountAsync(0);
        Assert.Contains(await Desk.ListAsync(ConsoleDeliveries.Administrator, new DeliveryFilter { Member = member, State = DeliveryState.Pending }), d => d.Id == dead.Id);
    }

    [Fact]
    public async Task A_clerk_tells_the_endpoint_of_the_own_member_and_registers_a_key()
    {
        var member = (await ConsoleDeliveries.MembersAsync(browser.Host))[^1];
        var page = await browser.OpenAsync("/deliveries", People.Clerk(member.ToString()));
        var panel = page.Locator("#endpoint");
        await Assertions.Expect(panel).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#standing")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("#signing-keys")).ToHaveCountAsync(0);
        await panel.GetByLabel("URL").FillAsync("http://hooks.example/");
        await panel.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Tell" }).ClickAsync();
        await Assertions.Expect(panel.Locator(".c-refusal")).ToContainTextAsync("webhook/bad-url");
        await panel.GetByLabel("URL").FillAsync("https://hooks.example/");
        await panel.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Tell" }).ClickAsync();
        await Assertions.Expect(panel).ToContainTextAsync("In use since");
        await panel.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Send a test" }).ClickAsync();
        await Assertions.Expect(page.Locator("#messages")).ToContainTextAsync("Test");
        using var pair = WebhookSecret.Generate();
        var keys = page.Locator("#receipt-keys");
        await keys.GetByLabel("System", new LocatorGetByLabelOptions { Exact = true }).FillAsync("Core");
        await keys.GetByLabel("Public key").FillAsync(pair.Public.ToString());
        await keys.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Register" }).ClickAsync();
        await Assertions.Expect(keys).ToContainTextAsync(pair.Public.ToString());
        await keys.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Retire" }).ClickAsync();
        await Assertions.Expect(keys.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Retire" })).ToHaveCountAsync(0);
        // Somebody else moves the endpoint: it is shown, and what is being typed stays.
        await panel.GetByLabel("URL").FillAsync("https://typed.example/");
        await Desk.RegisterAsync(ConsoleDeliveries.Administrator, member, "https://moved.example/", Cancel);
        // A page reads at most once a second.
        browser.Host.Time.Advance(TimeSpan.FromSeconds(1));
        await Assertions.Expect(panel.Locator("code")).ToHaveTextAsync("https://moved.example/");
        await Assertions.Expect(panel.GetByLabel("URL")).ToHaveValueAsync("https://typed.example/");
        await panel.GetByLabel("Reason").FillAsync("It moves.");
        await panel.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Take out of use" }).ClickAsync();
        await Assertions.Expect(panel).ToContainTextAsync("It moves.");
        Assert.Equal(EndpointState.Disabled, (await Desk.EndpointAsync(ConsoleDeliveries.Administrator, member))!.State);
    }

    [Fact]
    public async Task The_centre_comes_to_it_from_its_orders_and_sets_nothing_up()
    {
        var page = await browser.OpenAsync("/orders", People.Police);
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Deliveries to members" }).ClickAsync();
        await Assertions.Expect(page.Locator("main h1")).ToHaveTextAsync("Deliveries");
        await Assertions.Expect(page.Locator("#standing")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#endpoint")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("#signing-keys")).ToHaveCountAsync(0);
    }
}
