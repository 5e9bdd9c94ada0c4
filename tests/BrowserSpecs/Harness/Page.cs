using OpenQA.Selenium;
using OpenQA.Selenium.Interactions;
using OpenQA.Selenium.Remote;
using ProcessSpecs.Harness;

namespace BrowserSpecs.Harness;

/// <summary>One page in its window, as somebody who sits before it uses it: looks, clicks, types.</summary>
sealed class Page(RemoteWebDriver driver, string window)
{
    /// <summary>The words of the first such element, or nothing where there is none or it is not shown.</summary>
    public string Text(string selector) => (string)Run("""
        const element = document.querySelector(arguments[0]);
        return element?.checkVisibility() ? element.textContent.trim() : "";
        """, selector)!;

    public long Count(string selector) => (long)Run("return document.querySelectorAll(arguments[0]).length", selector)!;

    public string Value(string selector) => (string)Run("return document.querySelector(arguments[0]).value", selector)!;

    public Task Shows(string selector, string words) => Shows(selector, text => text == words, words);

    public Task<string> Shows(string selector, Func<string, bool> isWanted, string fact) =>
        Until.Fact($"{selector} shows: {fact}", () => Task.FromResult(Text(selector)), isWanted);

    public Task Holds(string fact, string script, params object[] arguments) =>
        Until.Fact(fact, () => Task.FromResult((bool)Run($"return {script}", arguments)!), holds => holds);

    /// <summary>Keeps all that this element shows from now on, however short.</summary>
    public void Remember(string selector) => Run("""
        const element = document.querySelector(arguments[0]);
        const shown = window.shown = [];
        new MutationObserver(() => element.checkVisibility() && shown.push(element.textContent))
          .observe(element, { attributes: true, childList: true, characterData: true, subtree: true });
        """, selector);

    public Task HasShown(string words) => Holds($"it has shown {words}", "window.shown.some(text => text.includes(arguments[0]))", words);

    public void Click(string selector) => Driver.FindElement(By.CssSelector(selector)).Click();

    /// <summary>Types where the focus is, as a keyboard does.</summary>
    public void Keys(string keys) => new Actions(Driver).SendKeys(keys).Perform();

    /// <summary>Types into a field instead of what it holds.</summary>
    public void Type(string selector, string text)
    {
        Run("const field = document.querySelector(arguments[0]); field.scrollIntoView({ block: 'center' }); field.focus(); field.select()", selector);
        Keys(text);
    }

    /// <summary>Takes the focus from every field, so that keys are keys again.</summary>
    public void Leave() => Run("document.activeElement.blur()");

    public void Reload() => Driver.Navigate().Refresh();

    public object? Run(string script, params object[] arguments) => Driver.ExecuteScript(script, arguments);

    /// <param name="script">Ends by calling its last argument with the result.</param>
    public object? RunUntilCalled(string script, params object[] arguments) => Driver.ExecuteAsyncScript(script, arguments);

    RemoteWebDriver Driver
    {
        get
        {
            driver.SwitchTo().Window(window);
            return driver;
        }
    }
}
